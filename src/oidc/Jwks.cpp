#include "oidc/Jwks.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/Keys.h"
#include "oidc/Claims.h"
#include "oidc/OpenSslKey.h"
#include "strict/Json.h"

namespace tram::oidc {

using base::ProblemKind;
using base::Result;
using crypto::ByteView;
using nlohmann::json;

namespace {

constexpr std::pair<Algorithm, std::string_view> kAlgorithms[] = {
    {Algorithm::EdDsa, "EdDSA"}, {Algorithm::Es256, "ES256"}, {Algorithm::Rs256, "RS256"}};
constexpr std::size_t kMaxNumber = 1024;  // an RSA modulus of 4096 bits has 683 letters

/// RFC 7517 §4.2, §4.3: a key that says it is for something else is left alone.
bool signs(const json& key) {
    if (key.contains("use") && key["use"] != "sig") return false;
    const auto operations = key.find("key_ops");
    return operations == key.end() ||
           (operations->is_array() &&
            std::ranges::any_of(*operations, [](const json& one) { return one == "verify"; }));
}

std::optional<Algorithm> algorithmOfKind(const json& key) {
    const auto type = textOf(key, "kty"), curve = textOf(key, "crv");
    if (type == "OKP" && curve == "Ed25519") return Algorithm::EdDsa;
    if (type == "EC" && curve == "P-256") return Algorithm::Es256;
    if (type == "RSA") return Algorithm::Rs256;
    return std::nullopt;
}

crypto::Bytes numberOf(const json& key, const char* member) {
    const auto text = textOf(key, member, kMaxNumber);
    return text ? crypto::fromBase64Url(*text).value_or(crypto::Bytes()) : crypto::Bytes();
}

}  // namespace

std::string_view name(Algorithm algorithm) {
    for (const auto& [value, text] : kAlgorithms)
        if (value == algorithm) return text;
    return "none";
}

std::optional<Algorithm> algorithmFrom(std::string_view alg) {
    for (const auto& [value, text] : kAlgorithms)
        if (text == alg) return value;
    return std::nullopt;
}

struct Jwks::Reader {
    /// Empty when the key is none.
    static Jwk::Verify verifier(const json& key, Algorithm algorithm) {
        if (algorithm == Algorithm::EdDsa) return edDsa(textOf(key, "x").value_or(""));
        const bool curve = algorithm == Algorithm::Es256;
        auto made = curve ? OpenSslKey::p256(numberOf(key, "x"), numberOf(key, "y"))
                          : OpenSslKey::rsa(numberOf(key, "n"), numberOf(key, "e"));
        if (!made) return nullptr;
        if (curve) return [key = *made](ByteView text, ByteView sign) { return key.verifyEs256(text, sign); };
        return [key = *made](ByteView text, ByteView sign) { return key.verifyRs256(text, sign); };
    }
    static Jwk::Verify edDsa(const std::string& x) {
        auto made = crypto::VerifyKey::parse(x);
        if (!made) return nullptr;
        return [key = std::move(*made)](ByteView text, ByteView sign) { return key.verify(text, sign); };
    }
    /// False when the set is no good; a key that is not for us is passed over.
    bool take(const json& key) {
        if (!key.is_object()) return false;
        const auto algorithm = algorithmOfKind(key);
        if (!signs(key) || !algorithm) return true;
        const auto alg = textOf(key, "alg");
        // RSA keys may be for PS256 and others; an octet or curve key has one algorithm only.
        if (alg && alg != name(*algorithm)) return *algorithm == Algorithm::Rs256 && !algorithmFrom(*alg);
        auto verify = verifier(key, *algorithm);
        const std::string id = textOf(key, "kid").value_or("");
        const bool doubled =
            !id.empty() && std::ranges::any_of(keys, [&](const Jwk& other) { return other.keyId() == id; });
        if (!verify || doubled || (key.contains("kid") && id.empty())) return false;
        keys.push_back(Jwk(id, *algorithm, std::move(verify)));
        return true;
    }
    std::vector<Jwk> keys;
};

Result<Jwks> Jwks::parse(std::string_view text) {
    const auto set = strict::parseJson(text, kMaxBytes);
    if (!set) return tl::unexpected(set.error());
    const auto keys = set->is_object() ? set->find("keys") : set->end();
    if (!set->is_object() || keys == set->end() || !keys->is_array() || keys->size() > kMaxKeys)
        return base::fail(ProblemKind::Malformed, {{"key", "keys"}});
    Reader reader;
    for (const json& key : *keys)
        if (!reader.take(key)) return base::fail(ProblemKind::Malformed, {{"key", "keys"}});
    Jwks jwks;
    jwks.keys_ = std::move(reader.keys);
    return jwks;
}

const Jwk* Jwks::find(const std::optional<std::string>& keyId, Algorithm algorithm) const {
    const Jwk* found = nullptr;
    for (const Jwk& key : keys_) {
        if (keyId ? key.keyId() != *keyId : key.algorithm() != algorithm) continue;
        if (found) return nullptr;  // without a name it must be the only one
        found = &key;
    }
    return found;
}

}  // namespace tram::oidc
