#include "oidc/ClientAssertion.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/Uuid.h"

namespace tram::oidc {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using namespace std::chrono;

constexpr std::size_t kMaxJwt = 4096, kMaxName = 256;
constexpr seconds kLifetime{60}, kLongestLifetime{120}, kSkew{60};

std::string encoded(const json& value) {
    return crypto::toBase64Url(crypto::view(value.dump()));
}

/// The three parts of a compact JWS (RFC 7515 §3.1), decoded; nothing about them is trusted yet.
struct Compact {
    json header, claims;
    std::string_view signingInput;
    crypto::Bytes signature;
};

std::optional<json> decodedObject(std::string_view part) {
    const auto bytes = crypto::fromBase64Url(part);
    // nlohmann takes a NUL for the end and would not see what follows.
    if (!bytes || std::ranges::count(*bytes, 0) > 0) return std::nullopt;
    json value = json::parse(bytes->begin(), bytes->end(), nullptr, false);
    if (!value.is_object()) return std::nullopt;
    return value;
}

std::optional<Compact> split(std::string_view jwt) {
    if (jwt.size() > kMaxJwt) return std::nullopt;
    const auto first = jwt.find('.');
    const auto second = first == jwt.npos ? first : jwt.find('.', first + 1);
    if (second == jwt.npos) return std::nullopt;
    auto header = decodedObject(jwt.substr(0, first));
    auto claims = decodedObject(jwt.substr(first + 1, second - first - 1));
    auto signature = crypto::fromBase64Url(jwt.substr(second + 1));
    if (!header || !claims || !signature) return std::nullopt;
    return Compact{std::move(*header), std::move(*claims), jwt.substr(0, second), std::move(*signature)};
}

std::optional<std::string> textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    auto text = found->get<std::string>();
    if (text.empty() || text.size() > kMaxName) return std::nullopt;
    return text;
}

/// NumericDate (RFC 7519 §2) in whole seconds; bounded, so that no sum below can overflow.
std::optional<base::WallTime> timeOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    if (value < 0 || value > 253'402'300'799) return std::nullopt;  // the end of the year 9999
    return base::WallTime(seconds{value});
}

bool isFor(const json& claims, const std::string& audience) {
    const auto aud = claims.find("aud");
    if (aud == claims.end()) return false;
    if (aud->is_array()) return std::ranges::any_of(*aud, [&](const json& one) { return one == audience; });
    return *aud == audience;
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
    const auto parts = split(jwt);
    const auto client = parts ? textOf(parts->claims, "sub") : std::nullopt;
    if (!client) return base::fail(ProblemKind::Malformed);
    return *client;
}

Result<ClientAssertion> ClientAssertion::verify(std::string_view jwt, const std::string& audience,
                                                base::WallTime now, const crypto::VerifyKey& key) {
    const auto parts = split(jwt);
    if (!parts) return base::fail(ProblemKind::Malformed);
    if (!isEdDsa(parts->header) || !key.verify(crypto::view(parts->signingInput), parts->signature))
        return base::fail(ProblemKind::BadSignature);
    auto claims = readClaims(parts->claims, audience);
    if (claims && !isNow(*claims, timeOf(parts->claims, "nbf"), now)) return base::fail(ProblemKind::Expired);
    return claims;
}

}  // namespace tram::oidc
