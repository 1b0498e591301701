#pragma once
#include <functional>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Scheduler.h"

namespace tram::identity {

/// Logins from before this process: of who has just left, or lost in a crash. Each fresh process ends them
/// (STANDARDS 3), and asks again until the gateway has heard it; what it cannot end lives for a quarter of an
/// hour at most. On the UI thread.
class FormerLogins {
  public:
    using End = std::function<base::Result<void>()>;  ///< called in the background, may block
    static constexpr base::Millis kAgain{30'000};
    FormerLogins(End end, base::Scheduler& scheduler, const base::Clock& clock)
        : end_(std::move(end)), scheduler_(scheduler), clock_(clock) {}

    /// Every now and then, and only while nobody is here: it would end the login of who has just begun one.
    void nobodyHere();

  private:
    End end_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    bool ended_ = false, asking_ = false;
    base::Millis next_{0};  ///< since boot
    base::Lifetime lifetime_;
};

}  // namespace tram::identity
