#include "device/Idle.h"

#include <algorithm>

namespace tram::device {

void Idle::touch(base::Millis now) {
    if (phase_ == Phase::Ended) return;  // the wipe has begun; this touch is the next resident's
    phase_ = Phase::Active;
    last_ = now;
}

void Idle::release(base::Millis now) {
    holds_ = std::max(0, holds_ - 1);
    if (holds_ == 0) last_ = now;
}

Idle::Phase Idle::step(base::Millis now) {
    if (phase_ == Phase::Asleep || phase_ == Phase::Ended) return phase_;
    if (holds_ > 0) last_ = now;
    if (now - last_ < limits_.idle) {
        phase_ = Phase::Active;
    } else if (phase_ == Phase::Active) {
        // Counted from the first step that could show it: a stalled or suspended machine must not skip the
        // warning.
        phase_ = Phase::Countdown;
        warnedAt_ = now;
    } else if (now - warnedAt_ >= limits_.countdown) {
        phase_ = Phase::Ended;
    }
    return phase_;
}

int Idle::secondsLeft(base::Millis now) const {
    if (phase_ == Phase::Ended) return 0;
    const auto begin = phase_ == Phase::Countdown ? warnedAt_ : now;
    const auto left = std::max(base::Millis(0), begin + limits_.countdown - now);
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

}  // namespace tram::device
