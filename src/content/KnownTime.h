#pragma once
#include <filesystem>

#include "base/Clock.h"

namespace tram::content {

/// What time it is as far as a kiosk can prove, noted whenever it hears of its gateway. A `Date` is protected
/// by TLS and signed by nobody: it counts only between what the newest signed list proves and when that list
/// runs out.
class KnownTime {
  public:
    explicit KnownTime(std::filesystem::path file) : file_(std::move(file)) {}

    /// In the boot of the newest note: the time noted and what has passed since, whatever anybody did to the
    /// clock. Later the clock, but never before.
    base::WallTime now(const base::Clock& clock) const;
    /// Never after it: the newest signed time, and what has passed since in this boot. WallTime::min() when
    /// nothing is known.
    base::WallTime proven(const base::Clock& clock) const;

    /// It is `proven` at least; the gateway says `said`, which is believed up to `until`.
    void note(base::WallTime proven, base::WallTime said, base::WallTime until, const base::Clock& clock);
    /// The last note is so young that another one says nothing new.
    bool isFresh(const base::Clock& clock) const;

  private:
    std::filesystem::path file_;
    base::BootTime noted_;
};

}  // namespace tram::content
