#include "oidc/ClientAssertion.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/Uuid.h"
#include "oidc/Claims.h"
#include "oidc/CompactJws.h"
#include "strict/Json.h"

namespace tram::oidc {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using namespace std::chrono;

constexpr std::size_t kMaxJwt = 4096;
constexpr seconds kLifetime{60}, kLongestLifetime{120}, kSkew{60};

std::string encoded(const json& value) {
    return crypto::toBase64Url(crypto::view(value.dump()));
}

/// Nothing about it is trusted yet.
struct Parsed {
    json header, claims;
    CompactJws jws;
};

std::optional<Parsed> parsed(std::string_view jwt) {
    auto jws = CompactJws::split(jwt, kMaxJwt);
    if (!jws) return std::nullopt;
    auto header = strict::parseJson(jws->header.reveal(), kMaxJwt);
    auto claims = strict::parseJson(jws->claims.reveal(), kMaxJwt);
    if (!header || !claims || !header->is_object() || !claims->is_object()) return std::nullopt;
    return Parsed{std::move(*header), std::move(*claims), std::move(*jws)};
}

/// STANDARDS 4: the algorithm is ours to choose, and nothing else in the header is looked at. An extension
/// named in `crit` must be understood (RFC 7515 §4.1.11), and we understand none.
bool isEdDsa(const json& header) {
    return textOf(header, "alg") == "EdDSA" && !header.contains("crit");
}

bool isNow(const ClientAssertion& claims, const std::optional<base::WallTime>& notBefore,
           base::WallTime now) {
    return now <= claims.expiresAt + kSkew && claims.issuedAt <= now + kSkew &&
           (!notBefore || *notBefore <= now + kSkew);
}

Result<ClientAssertion> readClaims(const json& claims, const std::string& audience) {
    const auto iss = textOf(claims, "iss"), sub = textOf(claims, "sub"), jti = textOf(claims, "jti");
    const auto iat = timeOf(claims, "iat"), exp = timeOf(claims, "exp");
    const bool shaped = iss && sub && jti && iat && exp && *iss == *sub && *iat < *exp &&
                        *exp - *iat <= kLongestLifetime && (!claims.contains("nbf") || timeOf(claims, "nbf"));
    if (!shaped || !isFor(claims, audience)) return base::fail(ProblemKind::Malformed);
    return ClientAssertion{*iss, audience, *jti, *iat, *exp};
}

}  // namespace

std::string ClientAssertion::make(const std::string& clientId, const std::string& audience,
                                  base::WallTime now, const crypto::SigningKey& key) {
    const auto issued = floor<seconds>(now).time_since_epoch().count();
    const json header = {{"alg", "EdDSA"}, {"typ", "JWT"}};
    const json claims = {{"iss", clientId}, {"sub", clientId},
                         {"aud", audience}, {"jti", base::Uuid::v7(now).text()},
                         {"iat", issued},   {"exp", issued + kLifetime.count()}};
    const std::string input = encoded(header) + "." + encoded(claims);
    return input + "." + crypto::toBase64Url(key.sign(crypto::view(input)));
}

Result<std::string> ClientAssertion::claimedClient(std::string_view jwt) {
    const auto parts = parsed(jwt);
    const auto client = parts ? textOf(parts->claims, "sub") : std::nullopt;
    if (!client) return base::fail(ProblemKind::Malformed);
    return *client;
}

Result<ClientAssertion> ClientAssertion::verify(std::string_view jwt, const std::string& audience,
                                                base::WallTime now, const crypto::VerifyKey& key) {
    const auto parts = parsed(jwt);
    if (!parts) return base::fail(ProblemKind::Malformed);
    if (!isEdDsa(parts->header) || !key.verify(crypto::view(parts->jws.signingInput), parts->jws.signature))
        return base::fail(ProblemKind::BadSignature);
    auto claims = readClaims(parts->claims, audience);
    if (claims && !isNow(*claims, timeOf(parts->claims, "nbf"), now)) return base::fail(ProblemKind::Expired);
    return claims;
}

}  // namespace tram::oidc
