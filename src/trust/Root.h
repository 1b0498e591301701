#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "wire/Dsse.h"

namespace tram::trust {

/// Whose word counts for what (TUF 1.0 §2.1, roles of ours).
enum class Role { Root, Content, Alerts, Staff };
std::string_view name(Role role);

struct RoleKeys {
    std::vector<crypto::VerifyKey> keys;
    std::size_t threshold = 1;  ///< so many of them must have signed
};

/// The list of keys by role. Each version is signed by enough root keys of the version before it and by
/// enough of its own, so that a kiosk that knows any version comes to the newest by a chain.
struct Root {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.root+json";
    int version = 0;
    base::WallTime signedAt, expires;
    std::map<Role, RoleKeys> roles;  ///< all four

    /// Malformed with fact key: also for a threshold that its keys cannot reach, and for a key twice in a
    /// role.
    static base::Result<Root> parse(std::string_view json);
    std::string toJson() const;
    const RoleKeys& of(Role role) const { return roles.at(role); }
    bool isSignedBy(const wire::Cosigned& document, Role role) const;
};

}  // namespace tram::trust
