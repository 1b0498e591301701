#include "wire/SignInWait.h"

#include <algorithm>
#include <cstdint>

namespace tram::wire {

base::Millis SignInWait::after(int errors) {
    if (errors < kFirstAt) return base::Millis{0};
    return kFirst * (std::int64_t{1} << (std::min(errors, kLockedAt) - kFirstAt));
}

}  // namespace tram::wire
