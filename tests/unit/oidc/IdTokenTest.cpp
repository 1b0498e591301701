#include "oidc/IdToken.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <random>

#include "OpenSslMint.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using oidc::Algorithm;
using oidc::IdToken;
using oidc::Jwks;

namespace {

const std::string kIssuer = "https://tram.example.vn", kKiosk = "019aa4c0-0000-7000-8000-00000000000a";
const std::string kNonce = "AAECAwQFBgcICQoLDA0ODw";
constexpr std::int64_t kNow = 1'795'228'867;
const base::WallTime kWall{std::chrono::milliseconds{kNow * 1000 + 250}};

const TokenMint& mint() {
    static const TokenMint made;
    return made;
}
json good() {
    return TokenMint::claims(kIssuer, kKiosk, kNonce, kWall);
}
oidc::Expectations expected(std::vector<Algorithm> algorithms = {Algorithm::EdDsa}) {
    return {kIssuer, kKiosk, kNonce, std::move(algorithms)};
}

/// "" when accepted, else the kind, and the detail if there is one.
std::string verdict(const std::string& token, const std::string& keys = mint().jwks(),
                    base::WallTime now = kWall, const oidc::Expectations& expectations = expected()) {
    const auto set = Jwks::parse(keys);
    REQUIRE(set);
    const auto read = IdToken::verify(token, expectations, *set, now);
    if (read) return "";
    const auto detail = std::string(read.error().fact("detail"));
    return std::string(name(read.error().kind)) + (detail.empty() ? "" : " " + detail);
}
template <class Change>
std::string withClaims(Change change) {
    auto claims = good();
    change(claims);
    return verdict(mint().token(claims));
}
template <class Change>
std::string withHeader(Change change) {
    auto header = mint().header();
    change(header);
    return verdict(mint().token(header, good()));
}
std::string setOf(const json& key) {
    return json{{"keys", json::array({key})}}.dump();
}

}  // namespace

TEST_CASE("a good ID token tells who it is") {  // OpenID Connect Core 3.1.3.7
    const auto keys = Jwks::parse(mint().jwks());
    const auto token = IdToken::verify(mint().token(good()), expected(), *keys, kWall);
    REQUIRE(token);
    CHECK(token->subject.reveal() == "cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA");
    CHECK(token->name.reveal() == "Nguyễn Văn An");
    CHECK(token->birthDate.reveal() == "1990-01-02");
    CHECK(token->personalNumber.reveal() == "079090001234");
    CHECK(token->phoneNumber.reveal() == "+84901234567");
    CHECK(token->accountLevel == 2);
    CHECK(token->accountType == "citizen");
    CHECK(token->expiresAt - token->issuedAt == std::chrono::seconds{300});
}

TEST_CASE("an ID token's algorithm is ours to choose") {  // STANDARDS 4, RFC 8725 §3.1
    for (const char* alg :
         {"none", "None", "NONE", "HS256", "HS384", "HS512", "RS256", "ES256", "PS256", "eddsa", ""})
        CHECK(withHeader([&](json& h) { h["alg"] = alg; }) == "bad_signature algorithm");
    CHECK(withHeader([](json& h) { h.erase("alg"); }) == "bad_signature algorithm");
    CHECK(withHeader([](json& h) { h["alg"] = json::array({"EdDSA"}); }) == "bad_signature algorithm");
    CHECK(withHeader([](json& h) { h["crit"] = {"exp"}; }) == "bad_signature algorithm");  // RFC 7515 §4.1.11
    CHECK(withHeader([](json& h) { h["crit"] = json::array(); }) == "bad_signature algorithm");
    for (const char* other : {"at+jwt", "logout+jwt", "jwt", ""})
        CHECK(withHeader([&](json& h) { h["typ"] = other; }) == "bad_signature algorithm");
    CHECK(withHeader([](json& h) { h.erase("typ"); }) == "");
    const auto unsigned_ = jwtPart({{"alg", "none"}}) + "." + jwtPart(good()) + ".";
    CHECK(verdict(unsigned_) == "bad_signature algorithm");
    CHECK(verdict(mint().token(good()), mint().jwks(), kWall, expected({})) == "bad_signature algorithm");
}

TEST_CASE("keys that a token brings along are nobody's") {  // STANDARDS 4
    const TokenMint stranger;
    auto header = mint().header();
    header["jwk"] = stranger.jwk();
    header["jku"] = header["x5u"] = "https://evil.example/keys";
    header["x5c"] = json::array({"MIIB"});
    CHECK(verdict(mint().token(header, good())) == "");
    CHECK(verdict(stranger.token(header, good())) == "bad_signature");
    CHECK(verdict(stranger.token(good())) == "bad_signature");
}

TEST_CASE("an unknown key is told apart from a wrong signature") {  // STANDARDS 4
    CHECK(withHeader([](json& h) { h["kid"] = "key-2"; }) == "unknown_key");
    CHECK(withHeader([](json& h) { h["kid"] = 7; }) == "malformed");
    CHECK(withHeader([](json& h) { h["kid"] = std::string(300, 'x'); }) == "malformed");
    CHECK(withHeader([](json& h) { h.erase("kid"); }) == "");  // the only one of its algorithm
    auto second = TokenMint().jwk();
    second["kid"] = "key-2";
    const auto two = json{{"keys", json::array({mint().jwk(), second})}}.dump();
    auto header = mint().header();
    header.erase("kid");
    CHECK(verdict(mint().token(header, good()), two) == "unknown_key");
    CHECK(verdict(mint().token(good()), two) == "");
}

TEST_CASE("ES256 and RS256 verify where they are allowed, and only with their own kind of key") {
    const auto curve = OpenSslMint::p256(), rsa = OpenSslMint::rsa(2048);
    const auto es = expected({Algorithm::Es256}), rs = expected({Algorithm::Rs256});
    CHECK(verdict(curve.token(good()), setOf(curve.jwk()), kWall, es) == "");
    CHECK(verdict(rsa.token(good()), setOf(rsa.jwk()), kWall, rs) == "");
    CHECK(verdict(curve.token(good()), setOf(curve.jwk())) == "bad_signature algorithm");
    CHECK(verdict(rsa.token(good()), setOf(rsa.jwk()), kWall, es) == "bad_signature algorithm");
    const auto both = expected({Algorithm::Es256, Algorithm::Rs256, Algorithm::EdDsa});
    CHECK(verdict(rsa.token(good()), setOf(curve.jwk()), kWall, both) == "bad_signature");
    CHECK(verdict(curve.token(good()), setOf(rsa.jwk()), kWall, both) == "bad_signature");
    CHECK(verdict(curve.token(good()), setOf(OpenSslMint::p256().jwk()), kWall, both) == "bad_signature");
    CHECK(verdict(rsa.token(good()), setOf(OpenSslMint::rsa(2048).jwk()), kWall, both) == "bad_signature");
    for (const std::string tail : {"", "AAAA"}) {  // shortened, lengthened
        const auto changed = [&](std::string token) {
            return token.substr(0, token.size() - 4) + tail + tail;
        };
        CHECK(verdict(changed(curve.token(good())), setOf(curve.jwk()), kWall, both) != "");
        CHECK(verdict(changed(rsa.token(good())), setOf(rsa.jwk()), kWall, both) != "");
    }
}

TEST_CASE("RFC 7515 appendix A.3: an ES256 JWS") {
    const auto keys =
        Jwks::parse(R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    REQUIRE(keys);
    const auto* key = keys->find(std::nullopt, Algorithm::Es256);
    REQUIRE(key);
    const std::string input =
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ij"
        "p0cnVlfQ";
    auto signature = crypto::fromBase64Url(
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    REQUIRE(signature);
    CHECK(key->verify(crypto::view(input), *signature));
    signature->back() ^= 1;
    CHECK_FALSE(key->verify(crypto::view(input), *signature));
    CHECK_FALSE(key->verify(crypto::view(input), crypto::Bytes(64, 0)));  // CVE-2022-21449
    CHECK_FALSE(key->verify(crypto::view(input), {}));
}

TEST_CASE("the issuer is exactly ours") {
    for (const char* other : {"https://tram.example.vn/", "http://tram.example.vn", "https://TRAM.example.vn",
                              "https://tram.example.vn.evil.example", ""})
        CHECK(withClaims([&](json& c) { c["iss"] = other; }) == "forbidden issuer");
    CHECK(withClaims([](json& c) { c.erase("iss"); }) == "forbidden issuer");
    CHECK(withClaims([](json& c) { c["iss"] = json::array({kIssuer}); }) == "forbidden issuer");
}

TEST_CASE("the audience is us, and of several we asked") {  // Core 3.1.3.7, 3 to 5
    const auto only = [](json& c) { c.erase("azp"); };
    CHECK(withClaims(only) == "");
    CHECK(withClaims([](json& c) { c["aud"] = json::array({kKiosk}); }) == "");
    CHECK(withClaims([](json& c) { c["aud"] = json::array({kKiosk, "other"}); }) == "");
    for (const json& aud : {json("other"), json::array({"other"}), json::array(), json(kKiosk + " "),
                            json(nullptr), json{{"x", kKiosk}}})
        CHECK(withClaims([&](json& c) { c["aud"] = aud; }) == "forbidden audience");
    CHECK(withClaims([](json& c) { c.erase("aud"); }) == "forbidden audience");
    CHECK(withClaims([&](json& c) { c["aud"] = json::array({kKiosk, "other"}), c.erase("azp"); }) ==
          "forbidden audience");
    CHECK(withClaims([](json& c) { c["azp"] = "other"; }) == "forbidden audience");
    CHECK(withClaims([](json& c) { c["azp"] = nullptr; }) == "forbidden audience");
}

TEST_CASE("the nonce is that of this login") {  // Core 3.1.3.7, 11
    CHECK(withClaims([](json& c) { c["nonce"] = kNonce + "A"; }) == "forbidden nonce");
    CHECK(withClaims([](json& c) { c.erase("nonce"); }) == "forbidden nonce");
    auto none = expected();
    none.nonce = "";
    CHECK(verdict(mint().token(good()), mint().jwks(), kWall, none) == "forbidden nonce");
    // Where none could be sent, one that was meant for another request is refused.
    none.nonce.reset();
    CHECK(verdict(mint().token(good()), mint().jwks(), kWall, none) == "forbidden nonce");
    auto without = good();
    without.erase("nonce");
    CHECK(verdict(mint().token(without), mint().jwks(), kWall, none) == "");
}

TEST_CASE("an ID token holds for its time, with at most 60 s of skew") {  // STANDARDS 4
    const auto token = mint().token(good());
    const auto at = [&](std::int64_t s) {
        return verdict(token, mint().jwks(), base::WallTime(std::chrono::seconds{kNow + s}));
    };
    CHECK(at(-60) == "");
    CHECK(at(-61) == "expired");
    CHECK(at(359) == "");
    CHECK(at(360) == "expired");
    CHECK(withClaims([](json& c) { c["exp"] = kNow + 86400; }) == "");
    CHECK(withClaims([](json& c) { c["iat"] = kNow - 601, c["exp"] = kNow + 86400; }) == "expired");
    CHECK(withClaims([](json& c) { c["nbf"] = kNow + 61; }) == "expired");
    for (const char* claim : {"iat", "exp"}) {
        CHECK(withClaims([&](json& c) { c.erase(claim); }) == "malformed");
        for (const json& wrong :
             {json("soon"), json(-1), json(0.5), json(INT64_MAX), json(18446744073709551615u)})
            CHECK(withClaims([&](json& c) { c[claim] = wrong; }) == "malformed");
    }
    CHECK(withClaims([](json& c) { c["nbf"] = "soon"; }) == "malformed");
}

TEST_CASE("claims about a person are shaped or the token is refused") {
    for (const char* optional :
         {"name", "birthdate", "personal_number", "phone_number", "account_level", "account_type"}) {
        CAPTURE(optional);
        CHECK(withClaims([&](json& c) { c.erase(optional); }) == "");
        for (const json& wrong : {json(nullptr), json(""), json(7), json("\n"), json(std::string(600, '1')),
                                  json::array({"x"}), json::object()})
            CHECK(withClaims([&](json& c) { c[optional] = wrong; }) == "malformed");
    }
    CHECK(withClaims([](json& c) { c.erase("sub"); }) == "malformed");
    CHECK(withClaims([](json& c) { c["sub"] = std::string(256, 'x'); }) == "malformed");
    CHECK(withClaims([](json& c) { c["sub"] = "a b"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["birthdate"] = "02/01/1990"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["personal_number"] = "07909000123"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["account_level"] = 3; }) == "malformed");
    CHECK(withClaims([](json& c) { c["account_type"] = "admin"; }) == "malformed");
    CHECK(withClaims([](json& c) { c["unheard_of"] = {1, 2}; }) == "");
}

TEST_CASE("what is no compact JWS within the limits is malformed") {
    const auto token = mint().token(good());
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), token + ".x", token + "=",
          token + "\n", " " + token, token.substr(0, token.rfind('.')), std::string(9000, 'A')})
        CHECK(verdict(text) == "malformed");
    CHECK(withClaims([](json& c) { c["x"] = std::string(8000, 'x'); }) == "malformed");  // size
    std::string deep = good().dump();
    deep.insert(1, "\"x\":" + std::string(20, '[') + std::string(20, ']') + ",");
    CHECK(verdict(mint().signedText(mint().header(), deep)) == "malformed");  // depth
    std::string doubled = good().dump();
    doubled.insert(1, "\"sub\":\"somebody-else\",");
    CHECK(verdict(mint().signedText(mint().header(), doubled)) == "malformed");  // a member twice
    CHECK(verdict(mint().signedText(mint().header(), good().dump() + std::string("\0{}", 3))) == "malformed");
    CHECK(verdict(mint().signedText(mint().header(), "[]")) == "malformed");
    CHECK(verdict(mint().signedText(json::array(), good().dump())) == "malformed");
}

TEST_CASE("base64 that is not the one of its bytes is refused") {
    // Two letters stand for one byte and four bits that must be nought: B for A in the last place keeps the
    // bytes.
    const auto token = mint().token(good());
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const auto last = letters.find(token.back());
    REQUIRE(last % 16 == 0);  // 64 bytes of signature leave four bits over
    for (std::size_t bits = 1; bits < 16; ++bits) {
        auto other = token;
        other.back() = letters[last + bits];
        CHECK(verdict(other) == "malformed");
    }
    auto classic = token;
    std::ranges::replace(classic, '-', '+');
    std::ranges::replace(classic, '_', '/');
    if (classic != token) CHECK(verdict(classic) == "malformed");
}

TEST_CASE("no ID token verifies after any one character was changed") {
    const auto token = mint().token(good());
    for (std::size_t i = 0; i < token.size(); ++i)
        for (const char other : {'A', 'z', '-', '.', '=', '\0', '\x80'}) {
            auto changed = token;
            if (changed[i] == other) continue;
            changed[i] = other;
            REQUIRE(verdict(changed) != "");
        }
}

TEST_CASE("any bytes may arrive as an ID token") {
    const auto seed = std::random_device{}();
    std::cout << "id token seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto token = mint().token(good());
    for (int i = 0; i < 2000; ++i) {
        auto text = token;
        for (unsigned n = 1 + random() % 8; n > 0; --n)
            text[random() % text.size()] = static_cast<char>(random());
        text.resize(random() % (text.size() + 1));
        if (text != token) REQUIRE(verdict(text) != "");
    }
}
