#pragma once
#include "base/Clock.h"

namespace tram::device {

/// Idle → countdown → end of session, stepped by whoever has a timer; knows no thread and no screen.
/// WCAG 2.2.1 / STANDARDS 19: the warning comes at least 20 s before, and can be put off without limit.
class Idle {
  public:
    struct Limits {
        base::Millis idle, countdown;
    };
    explicit Idle(Limits limits) : limits_(limits) {}

    enum class Phase { Asleep /* nobody there: attract page */, Active, Countdown, Ended };
    void touch(base::Millis now);  ///< any press or key; wakes, and keeps the session during the countdown
    void end() {
        phase_ = Phase::Asleep;
        holds_ = 0;
    }  ///< the wipe is done
    void hold() { ++holds_; }  ///< something is under way on a phone or printer: the clock stands
    void release(base::Millis now);
    Phase step(base::Millis now);
    int secondsLeft(base::Millis now) const;  ///< of the countdown, rounded up

  private:
    Limits limits_;
    Phase phase_ = Phase::Asleep;
    base::Millis last_{0};      // use
    base::Millis warnedAt_{0};  // beginning of the countdown
    int holds_ = 0;
};

}  // namespace tram::device
