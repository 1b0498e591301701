#pragma once
#include <string_view>

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

/// A root that vouches for itself; who else must vouch for it is the caller's question.
base::Result<Root> openRoot(std::string_view bytes);
base::Result<Manifest> openManifest(std::string_view bytes, const Root& root);

}  // namespace tram::trust
