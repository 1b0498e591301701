#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "oidc/Jwks.h"

namespace tram::oidc {

struct Expectations {
    std::string issuer, audience;
    std::optional<std::string> nonce;  ///< nothing: none was sent (RFC 8628 has none), and none may come back
    std::vector<Algorithm> algorithms = {Algorithm::EdDsa};  ///< STANDARDS 4: ours to choose, not the token's
};

/// The claims of an ID token that has been verified (OpenID Connect Core 3.1.3.7). What a provider need not
/// tell is empty.
struct IdToken {
    static constexpr std::size_t kMaxBytes = 8192;
    static constexpr std::chrono::seconds kSkew{60};

    base::SecretText subject;
    base::SecretText name, birthDate /* YYYY-MM-DD */, phoneNumber;
    base::SecretText personalNumber;  ///< 12 digits
    int accountLevel = 0;             ///< 1 or 2; 0 when not told
    std::string accountType;          ///< "citizen", "foreigner" or ""
    base::WallTime issuedAt, expiresAt;

    /// Problem kinds: Malformed (no compact JWS within the limits, or a claim of the wrong shape),
    /// BadSignature (algorithm not allowed, `crit`, key of another type, signature), UnknownKey (no key of
    /// that name: fetch the set again, once), Expired (exp, iat, nbf), Forbidden with detail "issuer",
    /// "audience" or "nonce".
    static base::Result<IdToken> verify(std::string_view jwt, const Expectations& expected, const Jwks& keys,
                                        base::WallTime now);
};

}  // namespace tram::oidc
