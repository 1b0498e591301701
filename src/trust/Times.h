#pragma once
#include "base/Clock.h"
#include "wire/Members.h"

namespace tram::trust {

/// A member that is an RFC 3339 time.
inline base::WallTime readTime(wire::Members& members, const char* key) {
    base::WallTime time;
    base::fromRfc3339(members.text(key, 40, wire::isRfc3339), time);
    return time;
}

}  // namespace tram::trust
