#pragma once
#include <optional>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// Whether the wall clock may be believed by what deletes. A clock that has gone ahead by years would end
/// every retention at once, and nothing brings back what it deleted: then a person has to say that the clock
/// is right.
class RetentionClock {
  public:
    /// So far it may have moved further than we have seen time pass: NTP's corrections, a weekend switched
    /// off.
    static constexpr std::chrono::days kLeap{3};

    RetentionClock(SharedDatabase& city, const base::Clock& clock) : city_(city), clock_(clock) {}

    /// True when retention may run now, which is noted; false when the clock has leapt since it last ran.
    base::Result<bool> pass();
    /// The same question, noting nothing.
    base::Result<bool> held();
    /// An operator has looked at the clock.
    base::Result<void> confirm();

  private:
    bool hasLeapt(base::WallTime ran) const;
    base::Result<void> note(base::WallTime at);

    SharedDatabase& city_;
    const base::Clock& clock_;
    std::optional<base::BootTime> ran_;  ///< in this process; within the lock of city_
};

}  // namespace tram::gateway
