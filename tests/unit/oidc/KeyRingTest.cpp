#include "oidc/KeyRing.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"
#include "tests/support/TokenMint.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;

namespace {

struct Issuer {
    FakeClock clock;
    TokenMint mint;
    int fetched = 0;
    std::optional<ProblemKind> down;
    oidc::KeyRing ring{[this]() -> base::Result<std::string> {
                           ++fetched;
                           if (down) return base::fail(*down);
                           return mint.jwks();
                       },
                       clock};

    std::string verdict(const TokenMint& by) {
        const auto claims = TokenMint::claims("https://i.example", "kiosk", "nonce", clock.wall());
        const auto read =
            ring.verify(by.token(claims), {"https://i.example", "kiosk", "nonce"}, clock.wall());
        return read ? "" : std::string(name(read.error().kind));
    }
    void rotate(std::string keyId) { mint = TokenMint{std::move(keyId)}; }
};

}  // namespace

TEST_CASE("keys are fetched when they are needed, and kept") {
    Issuer issuer;
    CHECK(issuer.fetched == 0);
    CHECK(issuer.verdict(issuer.mint) == "");
    CHECK(issuer.verdict(issuer.mint) == "");
    CHECK(issuer.fetched == 1);
}

TEST_CASE("a rotated key is found by asking once more") {  // STANDARDS 4
    Issuer issuer;
    CHECK(issuer.verdict(issuer.mint) == "");
    issuer.rotate("key-2");
    CHECK(issuer.verdict(issuer.mint) == "");
    CHECK(issuer.fetched == 2);
}

TEST_CASE("made-up key names make us ask once a minute at most") {  // STANDARDS 4
    Issuer issuer;
    CHECK(issuer.verdict(issuer.mint) == "");
    for (int i = 0; i < 20; ++i)
        CHECK(issuer.verdict(TokenMint{"made-up-" + std::to_string(i)}) == "unknown_key");
    CHECK(issuer.fetched == 2);
    issuer.clock.advance(oidc::KeyRing::kPause);
    CHECK(issuer.verdict(TokenMint{"again"}) == "unknown_key");
    CHECK(issuer.fetched == 3);
    issuer.clock.reboot();
    CHECK(issuer.verdict(TokenMint{"again"}) == "unknown_key");
    CHECK(issuer.fetched == 4);
    CHECK(issuer.verdict(issuer.mint) == "");  // and what is good stays good
}

TEST_CASE("keys that were fetched this moment are not fetched again") {
    Issuer issuer;
    CHECK(issuer.verdict(TokenMint{"unknown"}) == "unknown_key");
    CHECK(issuer.fetched == 1);
}

TEST_CASE("an issuer that cannot be asked leaves the keys as they were") {
    Issuer issuer;
    issuer.down = ProblemKind::Timeout;
    CHECK(issuer.verdict(issuer.mint) == "timeout");
    issuer.down.reset();
    CHECK(issuer.verdict(issuer.mint) == "");
    issuer.down = ProblemKind::NoNetwork;
    CHECK(issuer.verdict(TokenMint{"key-2"}) == "no_network");
    CHECK(issuer.verdict(issuer.mint) == "");
}
