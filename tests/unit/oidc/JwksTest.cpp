#include "oidc/Jwks.h"

#include <catch2/catch.hpp>

#include "OpenSslMint.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using oidc::Algorithm;
using oidc::Jwks;

namespace {

/// How many keys were taken; -1 when the set was refused.
int taken(const json& keys) {
    const auto set = Jwks::parse(json{{"keys", keys}}.dump());
    if (!set) CHECK(set.error().kind == base::ProblemKind::Malformed);
    return set ? static_cast<int>(set->size()) : -1;
}
template <class Change>
int with(json key, Change change) {
    change(key);
    return taken(json::array({key}));
}

}  // namespace

TEST_CASE("a key set has what signs, and passes over the rest") {  // RFC 7517 §5
    const TokenMint mint;
    CHECK(taken(json::array()) == 0);
    CHECK(taken(json::array({mint.jwk(), OpenSslMint::p256().jwk()})) == 2);
    CHECK(with(mint.jwk(), [](json& k) { k["use"] = "enc"; }) == 0);
    CHECK(with(mint.jwk(), [](json& k) { k["key_ops"] = {"sign"}; }) == 0);
    CHECK(with(mint.jwk(), [](json& k) { k["key_ops"] = {"verify"}; }) == 1);
    CHECK(with(mint.jwk(), [](json& k) { k["crv"] = "Ed448"; }) == 0);
    CHECK(with(mint.jwk(), [](json& k) { k["kty"] = "oct"; }) == 0);
    CHECK(with(mint.jwk(), [](json& k) { k["kty"] = "new"; }) == 0);
    CHECK(with(OpenSslMint::rsa(2048).jwk(), [](json& k) { k["alg"] = "PS256"; }) == 0);
    const auto set = Jwks::parse(mint.jwks());
    REQUIRE(set);
    CHECK(set->find("key-1", Algorithm::EdDsa)->algorithm() == Algorithm::EdDsa);
    CHECK(set->find("key-1", Algorithm::Rs256));  // the caller sees that it is of another kind
    CHECK(set->find(std::nullopt, Algorithm::EdDsa));
    CHECK_FALSE(set->find(std::nullopt, Algorithm::Rs256));
    CHECK_FALSE(set->find("", Algorithm::EdDsa));
}

TEST_CASE("a key that is not what it says spoils its set") {
    const TokenMint mint;
    CHECK(with(mint.jwk(), [](json& k) { k["x"] = "AAAA"; }) == -1);
    CHECK(with(mint.jwk(), [](json& k) { k["x"] = std::string(43, 'A'); }) == -1);  // small order
    CHECK(with(mint.jwk(), [](json& k) { k.erase("x"); }) == -1);
    CHECK(with(mint.jwk(), [](json& k) { k["alg"] = "RS256"; }) == -1);
    CHECK(with(mint.jwk(), [](json& k) { k["kid"] = ""; }) == -1);
    CHECK(with(mint.jwk(), [](json& k) { k["kid"] = 1; }) == -1);
    CHECK(taken(json::array({mint.jwk(), mint.jwk()})) == -1);
    CHECK(taken(json::array({1})) == -1);
    const auto curve = OpenSslMint::p256().jwk();
    CHECK(with(curve, [](json& k) { k["y"] = k["x"]; }) == -1);  // not on the curve
    CHECK(with(curve, [](json& k) { k["x"] = "AA"; }) == -1);
    CHECK(with(OpenSslMint::rsa(1024).jwk(), [](json&) {}) == -1);
    const auto rsa = OpenSslMint::rsa(2048).jwk();
    CHECK(with(rsa, [](json&) {}) == 1);
    for (const char* exponent : {"AQ", "Ag", "", "AAAAAAAAAAAB"})
        CHECK(with(rsa, [&](json& k) { k["e"] = exponent; }) == -1);
}

TEST_CASE("a key set is read within limits") {
    json many = json::array();
    for (int i = 0; i < 33; ++i) many.push_back({{"kty", "new"}});
    CHECK(taken(many) == -1);
    for (const char* text :
         {"", "null", "[]", "{}", R"({"keys":{}})", R"({"keys":[],"keys":[]})", "{\"keys\":[]"})
        CHECK_FALSE(Jwks::parse(text));
    CHECK_FALSE(Jwks::parse(R"({"keys":[],"x":")" + std::string(70'000, 'x') + "\"}"));
}
