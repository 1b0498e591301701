#pragma once
#include <optional>
#include <random>
#include <string>

#include "base/Clock.h"

namespace tram::outbox {

/// Full-jitter backoff: anything up to base·2^failures, never above the cap
/// (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
base::Millis fullJitter(base::Millis base, base::Millis cap, int failures, std::mt19937_64& random);

/// The wait of the whole line: while the network is down nothing is delayed one by one, so that everything
/// goes at once when it is back. A Retry-After is a floor, outlives the process, and no good news shortens
/// it.
class LineWait {
  public:
    LineWait(base::Millis base, base::Millis cap, std::mt19937_64& random)
        : base_(base), cap_(cap), random_(random) {}

    bool over(const base::BootTime& now) const;
    void failed(const base::BootTime& now, std::optional<base::Millis> retryAfter);
    void succeeded() { failures_ = 0; }
    void lineIsBack();

    /// "" or "<boot id> <ms since boot>"
    std::string floorText() const;
    void setFloor(const std::string& text);

  private:
    base::Millis base_, cap_;
    std::mt19937_64& random_;
    int failures_ = 0;
    base::BootTime until_, floor_;
};

}  // namespace tram::outbox
