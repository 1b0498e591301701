#include "oidc/IdToken.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "oidc/Claims.h"
#include "oidc/CompactJws.h"
#include "strict/Json.h"
#include "strict/Scrub.h"

namespace tram::oidc {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using Check = bool (*)(std::string_view);

constexpr std::size_t kMaxSubject = 255;  // OpenID Connect Core §2
constexpr std::size_t kMaxName = 512, kMaxPhone = 32;
constexpr std::chrono::minutes kOldest{10};  // it comes straight from the token endpoint

bool isVisible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return '!' <= c && c <= '~'; });
}
bool isDigits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}
bool isOneLine(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}
/// ISO 8601-1; OpenID Connect Core §5.1 lets the year be 0000 or stand alone, our use does not.
bool isDate(std::string_view text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' && isDigits(text.substr(0, 4)) &&
           isDigits(text.substr(5, 2)) && isDigits(text.substr(8));
}
bool isPhone(std::string_view text) {
    return text.find_first_not_of("0123456789+ .()-") == text.npos;
}
bool isPersonalNumber(std::string_view text) {
    return text.size() == 12 && isDigits(text);
}
bool isAccountType(std::string_view text) {
    return text == "citizen" || text == "foreigner";
}

/// RFC 8725 §3.11: a JWT that says it is of another kind is not taken for an ID token. An extension named in
/// `crit` must be understood (RFC 7515 §4.1.11), and we understand none. Nothing else in a header is looked
/// at: not jku, x5u, jwk, x5c.
std::optional<Algorithm> allowedAlgorithm(const json& header, const std::vector<Algorithm>& allowed) {
    const auto algorithm = algorithmFrom(textOf(header, "alg").value_or(""));
    const bool typed = !header.contains("typ") || textOf(header, "typ") == "JWT";
    if (!algorithm || !typed || header.contains("crit") || std::ranges::count(allowed, *algorithm) == 0)
        return std::nullopt;
    return algorithm;
}

Result<void> checkSignature(const CompactJws& jws, const Expectations& expected, const Jwks& keys) {
    const auto header = strict::parseJson(jws.header.reveal(), IdToken::kMaxBytes);
    if (!header || !header->is_object()) return base::fail(ProblemKind::Malformed, {{"key", "header"}});
    const auto algorithm = allowedAlgorithm(*header, expected.algorithms);
    if (!algorithm) return base::fail(ProblemKind::BadSignature, {{"detail", "algorithm"}});
    const auto keyId = textOf(*header, "kid");
    if (header->contains("kid") && !keyId) return base::fail(ProblemKind::Malformed, {{"key", "kid"}});
    const Jwk* key = keys.find(keyId, *algorithm);
    if (!key) return base::fail(ProblemKind::UnknownKey);
    if (key->algorithm() != *algorithm || !key->verify(crypto::view(jws.signingInput), jws.signature))
        return base::fail(ProblemKind::BadSignature);
    return {};
}

/// Of several audiences `azp` says who asked; where it is told at all it is us (Core 3.1.3.7, 3 to 5).
bool isForUs(const json& claims, const std::string& audience) {
    const auto aud = claims.find("aud");
    const bool several = aud != claims.end() && aud->is_array() && aud->size() > 1;
    const bool named = claims.contains("azp");
    return isFor(claims, audience) && (named || !several) && (!named || claims["azp"] == audience);
}

Result<void> checkAddressee(const json& claims, const Expectations& expected) {
    const auto refused = [](const char* what) {
        return base::fail(ProblemKind::Forbidden, {{"detail", what}});
    };
    if (textOf(claims, "iss", 2048) != expected.issuer) return refused("issuer");
    if (!isForUs(claims, expected.audience)) return refused("audience");
    const bool ours = expected.nonce ? !expected.nonce->empty() && textOf(claims, "nonce") == expected.nonce
                                     : !claims.contains("nonce");
    if (!ours) return refused("nonce");
    return {};
}

/// Members of a person: absent is fine, of another shape is not.
class Person {
  public:
    explicit Person(const json& claims) : claims_(claims) {}
    base::SecretText text(const char* key, std::size_t longest, Check check) {
        if (!claims_.contains(key)) return {};
        base::SecretText text(textOf(claims_, key, longest).value_or(""));
        if (text.empty() || !check(text.reveal())) wrong_ = wrong_ ? wrong_ : key;
        return text;
    }
    int level() {
        if (!claims_.contains("account_level")) return 0;
        const json& level = claims_["account_level"];
        if (level == 1 || level == 2) return level.get<int>();
        wrong_ = wrong_ ? wrong_ : "account_level";
        return 0;
    }
    const char* wrong() const { return wrong_; }

  private:
    const json& claims_;
    const char* wrong_ = nullptr;
};

Result<IdToken> readPerson(const json& claims) {
    IdToken token;
    Person person(claims);
    token.subject = person.text("sub", kMaxSubject, isVisible);
    token.name = person.text("name", kMaxName, isOneLine);
    token.birthDate = person.text("birthdate", 10, isDate);
    token.phoneNumber = person.text("phone_number", kMaxPhone, isPhone);
    token.personalNumber = person.text("personal_number", 12, isPersonalNumber);
    token.accountType = person.text("account_type", 16, isAccountType).reveal();
    token.accountLevel = person.level();
    const char* wrong = token.subject.empty() ? "sub" : person.wrong();
    if (wrong) return base::fail(ProblemKind::Malformed, {{"key", wrong}});
    return token;
}

Result<void> readTimes(const json& claims, IdToken& token, base::WallTime now) {
    const auto issued = timeOf(claims, "iat"), expires = timeOf(claims, "exp");
    const auto notBefore = claims.contains("nbf") ? timeOf(claims, "nbf") : issued;
    if (!issued || !expires || !notBefore || *expires <= *issued)
        return base::fail(ProblemKind::Malformed, {{"key", "exp"}});
    token.issuedAt = *issued;
    token.expiresAt = *expires;
    const bool current = now < *expires + IdToken::kSkew && *issued <= now + IdToken::kSkew &&
                         *notBefore <= now + IdToken::kSkew && now <= *issued + kOldest;
    if (!current) return base::fail(ProblemKind::Expired);
    return {};
}

}  // namespace

Result<IdToken> IdToken::verify(std::string_view jwt, const Expectations& expected, const Jwks& keys,
                                base::WallTime now) {
    const auto jws = CompactJws::split(jwt, kMaxBytes);
    if (!jws) return base::fail(ProblemKind::Malformed);
    if (auto signedByIssuer = checkSignature(*jws, expected, keys); !signedByIssuer)
        return tl::unexpected(signedByIssuer.error());
    auto parsed = strict::parseJson(jws->claims.reveal(), kMaxBytes);
    if (!parsed || !parsed->is_object()) return base::fail(ProblemKind::Malformed, {{"key", "claims"}});
    const strict::ScrubbedJson claims(std::move(*parsed));
    if (auto ours = checkAddressee(claims.value, expected); !ours) return tl::unexpected(ours.error());
    auto token = readPerson(claims.value);
    if (!token) return token;
    if (auto timely = readTimes(claims.value, *token, now); !timely) return tl::unexpected(timely.error());
    return token;
}

}  // namespace tram::oidc
