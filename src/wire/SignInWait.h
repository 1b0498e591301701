#pragma once
#include "base/Clock.h"

namespace tram::wire {

/// How long somebody who signs in waits after errors in a row (STANDARDS 20), the same at stations and at the
/// gateway: 15 s from the fifth, doubling; locked at fifteen.
struct SignInWait {
    static constexpr int kFirstAt = 5, kLockedAt = 15;
    static constexpr base::Millis kFirst = std::chrono::seconds(15);

    static base::Millis after(int errors);  ///< zero before the fifth
};

}  // namespace tram::wire
