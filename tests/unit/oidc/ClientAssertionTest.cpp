#include "oidc/ClientAssertion.h"

#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

using namespace tram;
using base::ProblemKind;
using crypto::SigningKey;
using nlohmann::json;
using oidc::ClientAssertion;

namespace {

const std::string kClient = "019aa4c0-0000-7000-8000-00000000000a";
const std::string kAudience = "https://cds.example.vn/oauth/token";
constexpr std::int64_t kNow = 1'795'228'867;
const base::WallTime kWall{std::chrono::milliseconds{kNow * 1000 + 250}};

const SigningKey& key() {
    static const auto made = SigningKey::generate();
    return made;
}

std::string part(const json& value) {
    return crypto::toBase64Url(crypto::view(value.dump()));
}

std::string jwt(const json& header, const json& claims) {
    const auto input = part(header) + "." + part(claims);
    return input + "." + crypto::toBase64Url(key().sign(crypto::view(input)));
}

json goodClaims() {
    return {{"iss", kClient}, {"sub", kClient}, {"aud", kAudience},
            {"jti", "1"},     {"iat", kNow},    {"exp", kNow + 60}};
}

/// "" when accepted, else the kind.
std::string verdict(const std::string& text, base::WallTime now = kWall) {
    const auto read = ClientAssertion::verify(text, kAudience, now, key().verifyKey());
    return read ? "" : std::string(name(read.error().kind));
}

template <class Change>
std::string withClaims(Change change) {
    auto claims = goodClaims();
    change(claims);
    return verdict(jwt({{"alg", "EdDSA"}}, claims));
}

}  // namespace

TEST_CASE("an assertion names its client, once, for a minute") {  // RFC 7523 §3
    const auto text = ClientAssertion::make(kClient, kAudience, kWall, key());
    CHECK(ClientAssertion::claimedClient(text).value() == kClient);
    const auto read = ClientAssertion::verify(text, kAudience, kWall, key().verifyKey());
    REQUIRE(read);
    CHECK(read->clientId == kClient);
    CHECK(read->audience == kAudience);
    CHECK(read->jti.size() == 36);
    CHECK(read->expiresAt - read->issuedAt == std::chrono::seconds{60});
    const auto other = ClientAssertion::make(kClient, kAudience, kWall, key());
    CHECK(ClientAssertion::verify(other, kAudience, kWall, key().verifyKey())->jti != read->jti);
}

TEST_CASE("RFC 8037 appendix A.4: an Ed25519 JWS") {
    const auto publicKey = crypto::VerifyKey::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    REQUIRE(publicKey);
    const auto signature = crypto::fromBase64Url(
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    REQUIRE(signature);
    CHECK(publicKey->verify(crypto::view("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"),
                            *signature));
}

TEST_CASE("only EdDSA, whatever else the header says") {  // STANDARDS 4
    for (const char* alg : {"none", "None", "HS256", "HS512", "RS256", "ES256", "eddsa", "Ed25519", ""})
        CHECK(verdict(jwt({{"alg", alg}}, goodClaims())) == "bad_signature");
    CHECK(verdict(jwt(json::object(), goodClaims())) == "bad_signature");
    CHECK(verdict(jwt({{"alg", {"EdDSA"}}}, goodClaims())) == "bad_signature");
    CHECK(verdict(jwt({{"alg", "EdDSA"}, {"crit", {"exp"}}}, goodClaims())) ==
          "bad_signature");  // RFC 7515 §4.1.11

    const auto stranger = SigningKey::generate();
    const json jwk = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", stranger.verifyKey().text()}};
    const json header = {{"alg", "EdDSA"},
                         {"kid", "x"},
                         {"jku", "https://evil.example"},
                         {"x5u", "https://evil.example"},
                         {"jwk", jwk}};
    CHECK(verdict(jwt(header, goodClaims())) == "");  // ignored: our key signed it
    const auto input = part(header) + "." + part(goodClaims());
    CHECK(verdict(input + "." + crypto::toBase64Url(stranger.sign(crypto::view(input)))) == "bad_signature");
    CHECK(verdict(input + ".") == "bad_signature");
}

TEST_CASE("the audience is exactly us, or a list with us in it") {
    CHECK(withClaims([](json& c) { c["aud"] = {"https://other.example", kAudience}; }) == "");
    CHECK(withClaims([](json& c) { c["aud"] = {"https://other.example"}; }) == "malformed");
    CHECK(withClaims([](json& c) { c["aud"] = json::array(); }) == "malformed");
    CHECK(withClaims([](json& c) { c["aud"] = kAudience + "/"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["aud"] = {{"x", kAudience}}; }) == "malformed");
    CHECK(withClaims([](json& c) { c.erase("aud"); }) == "malformed");
}

TEST_CASE("issuer and subject are the client") {
    CHECK(withClaims([](json& c) { c["iss"] = "someone"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["iss"] = c["sub"] = ""; }) == "malformed");
    for (const char* claim : {"iss", "sub", "jti", "iat", "exp"}) {
        CHECK(withClaims([&](json& c) { c.erase(claim); }) == "malformed");
        CHECK(withClaims([&](json& c) { c[claim] = nullptr; }) == "malformed");
    }
    CHECK(withClaims([](json& c) { c["jti"] = std::string(257, 'x'); }) == "malformed");
}

TEST_CASE("times hold with at most 60 s of skew") {  // STANDARDS 4
    const auto text = jwt({{"alg", "EdDSA"}}, goodClaims());
    const auto at = [](std::int64_t seconds) { return base::WallTime(std::chrono::seconds{kNow + seconds}); };
    CHECK(verdict(text, at(-60)) == "");
    CHECK(verdict(text, at(-61)) == "expired");
    CHECK(verdict(text, at(120)) == "");
    CHECK(verdict(text, at(121)) == "expired");
    CHECK(withClaims([](json& c) { c["exp"] = kNow + 120; }) == "");
    CHECK(withClaims([](json& c) { c["exp"] = kNow + 121; }) == "malformed");
    CHECK(withClaims([](json& c) { c["exp"] = kNow; }) == "malformed");
    CHECK(withClaims([](json& c) { c["nbf"] = kNow + 61; }) == "expired");
    CHECK(withClaims([](json& c) { c["nbf"] = "soon"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["exp"] = INT64_MAX; }) == "malformed");
    CHECK(withClaims([](json& c) { c["iat"] = -1; }) == "malformed");
    CHECK(withClaims([](json& c) { c["iat"] = 18446744073709551615u; }) == "malformed");
    CHECK(withClaims([](json& c) { c["exp"] = kNow + 0.5; }) == "malformed");
}

TEST_CASE("what is no compact JWS is malformed") {
    const auto good = ClientAssertion::make(kClient, kAudience, kWall, key());
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), good + ".x", good + "=",
          good + "\n", " " + good, good.substr(0, good.rfind('.')), std::string(5000, 'A'),
          std::string(3000, '.')}) {
        CAPTURE(text);
        CHECK(verdict(text) == "malformed");
        CHECK_FALSE(ClientAssertion::claimedClient(text));
    }
    const auto big = jwt({{"alg", "EdDSA"}, {"x", std::string(4000, 'x')}}, goodClaims());
    CHECK(verdict(big) == "malformed");
    const std::string hidden = goodClaims().dump() + std::string("\0{}", 3);
    const auto input = part({{"alg", "EdDSA"}}) + "." + crypto::toBase64Url(crypto::view(hidden));
    CHECK(verdict(input + "." + crypto::toBase64Url(key().sign(crypto::view(input)))) == "malformed");
}

TEST_CASE("no assertion verifies after any one character was changed") {
    const auto good = ClientAssertion::make(kClient, kAudience, kWall, key());
    for (std::size_t i = 0; i < good.size(); ++i)
        for (const char other : {'A', 'B', 'z', '-', '.', '=', '\0', '\x80'}) {
            auto changed = good;
            if (changed[i] == other) continue;
            changed[i] = other;
            REQUIRE(verdict(changed) != "");
        }
}

TEST_CASE("any bytes may arrive as an assertion") {
    const auto seed = std::random_device{}();
    std::cout << "oidc fuzz seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto good = ClientAssertion::make(kClient, kAudience, kWall, key());
    for (int i = 0; i < 5000; ++i) {
        auto text = good;
        for (unsigned n = 1 + random() % 8; n > 0; --n)
            text[random() % text.size()] = static_cast<char>(random());
        text.resize(random() % (text.size() + 1));
        (void)ClientAssertion::claimedClient(text);
        // Once in some hundred thousand the bytes drawn are those that stood there.
        if (text != good) REQUIRE(verdict(text) != "");
    }
}
