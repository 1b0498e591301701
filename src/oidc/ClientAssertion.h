#pragma once
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::oidc {

/// RFC 7523 private_key_jwt with EdDSA (RFC 8037): iss = sub = client id, single-use jti, exp in 60 s.
struct ClientAssertion {
    std::string clientId, audience, jti;
    base::WallTime issuedAt, expiresAt;

    static std::string make(const std::string& clientId, const std::string& audience, base::WallTime now,
                            const crypto::SigningKey& key);
    /// Reads without trusting: who does it claim to be? (to find the key)
    static base::Result<std::string> claimedClient(std::string_view jwt);
    /// Checks algorithm (EdDSA only), signature, iss = sub, aud, iat/exp with at most 60 s of skew.
    /// Problem kinds: Malformed, BadSignature, Expired. Replay of jti is the caller's to refuse.
    static base::Result<ClientAssertion> verify(std::string_view jwt, const std::string& audience,
                                                base::WallTime now, const crypto::VerifyKey& key);
};

}  // namespace tram::oidc
