#pragma once
#include <optional>
#include <string_view>

#include "base/Secret.h"
#include "crypto/Bytes.h"

namespace tram::oidc {

/// The three parts of a compact JWS (RFC 7515 §3.1), decoded; nothing about them is trusted yet.
struct CompactJws {
    base::SecretText header, claims;  ///< JSON text, unread
    std::string_view signingInput;    ///< within the text that was split
    crypto::Bytes signature;

    /// Nothing when it is longer than `limit`, has not three parts, or one of them is not the one base64url
    /// of its bytes (no padding, no stray bits).
    static std::optional<CompactJws> split(std::string_view jwt, std::size_t limit);
};

}  // namespace tram::oidc
