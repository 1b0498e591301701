#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "base/Clock.h"
#include "crypto/Keys.h"

namespace tram::test {

inline std::string jwtPart(const nlohmann::json& value) {
    return crypto::toBase64Url(crypto::view(value.dump()));
}

/// An issuer's key, and tokens signed with it, as right or as wrong as a test wants them.
struct TokenMint {
    std::string keyId = "key-1";
    crypto::SigningKey key = crypto::SigningKey::generate();

    nlohmann::json jwk() const {
        return {{"kty", "OKP"},   {"crv", "Ed25519"}, {"use", "sig"},
                {"alg", "EdDSA"}, {"kid", keyId},     {"x", key.verifyKey().text()}};
    }
    std::string jwks() const { return nlohmann::json{{"keys", nlohmann::json::array({jwk()})}}.dump(); }
    nlohmann::json header() const { return {{"alg", "EdDSA"}, {"typ", "JWT"}, {"kid", keyId}}; }
    /// As our gateway makes them.
    static nlohmann::json claims(const std::string& issuer, const std::string& audience,
                                 const std::string& nonce, base::WallTime now) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        return {{"iss", issuer},
                {"sub", "cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA"},
                {"aud", audience},
                {"azp", audience},
                {"iat", seconds},
                {"exp", seconds + 300},
                {"auth_time", seconds},
                {"nonce", nonce},
                {"name", "Nguyễn Văn An"},
                {"birthdate", "1990-01-02"},
                {"personal_number", "079090001234"},
                {"account_level", 2},
                {"account_type", "citizen"},
                {"phone_number", "+84901234567"}};
    }
    std::string signedText(const nlohmann::json& header, const std::string& claims) const {
        const auto input = jwtPart(header) + "." + crypto::toBase64Url(crypto::view(claims));
        return input + "." + crypto::toBase64Url(key.sign(crypto::view(input)));
    }
    std::string token(const nlohmann::json& header, const nlohmann::json& claims) const {
        return signedText(header, claims.dump());
    }
    std::string token(const nlohmann::json& claims) const { return token(header(), claims); }
};

}  // namespace tram::test
