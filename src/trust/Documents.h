#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "trust/Manifest.h"
#include "trust/Root.h"
#include "wire/Dsse.h"

namespace tram::trust {

constexpr std::size_t kMaxDocument = 1u << 20;

/// A document of that kind that enough keys of `role` signed; what is in it has not been looked at.
/// TooLarge, Malformed, BadSignature.
base::Result<wire::Cosigned> openSigned(std::string_view bytes, std::string_view payloadType,
                                        const Root& root, Role role);

/// Whose signatures a document has, for people who look for those that are missing. Fingerprints of keys.
struct Signatures {
    std::vector<std::string> good;     ///< of different keys of the role, by its list
    std::vector<std::string> broken;   ///< named as a key of the role, but not over these bytes by it
    std::vector<std::string> foreign;  ///< named as a key that the role has not; the names are claims
    std::size_t needed = 1;            ///< so many good ones
};
Signatures signaturesOf(const wire::Cosigned& document, const RoleKeys& keys);

/// A root that vouches for itself; who else must vouch for it is the caller's question.
base::Result<Root> openRoot(std::string_view bytes);
base::Result<Manifest> openManifest(std::string_view bytes, const Root& root);

}  // namespace tram::trust
