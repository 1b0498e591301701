#include "trust/Trust.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using trust::Trust;

namespace {

const auto kNow = at("2026-11-29T00:00:00Z");

struct Kiosk {
    TempDir dir;
    SigningCity city;
    Trust trust = open();

    Trust open() const { return Trust::open(dir.path(), cosign(city.root(), city)).value(); }
    /// Nothing when it was taken.
    std::optional<ProblemKind> content(const std::string& bytes, base::WallTime now = kNow) {
        const auto taken = trust.takeContent(bytes, now);
        if (taken) return {};
        return taken.error().kind;
    }
    std::optional<ProblemKind> root(const std::string& bytes) {
        const auto taken = trust.takeRoot(bytes);
        if (taken) return {};
        return taken.error().kind;
    }
};

}  // namespace

TEST_CASE("a manifest that enough keys signed is taken, and is there after a restart") {
    Kiosk kiosk;
    const auto bytes = cosign(kiosk.city.manifest(3), kiosk.city, {0, 2});
    CHECK(kiosk.trust.takeContent(bytes, kNow).value());
    CHECK_FALSE(kiosk.trust.takeContent(bytes, kNow).value());
    const auto again = kiosk.open();
    REQUIRE(again.content());
    CHECK(again.content()->version == 3);
    CHECK(again.content()->packs == kiosk.city.manifest().packs);
}

TEST_CASE("who has not signed enough is refused") {
    Kiosk kiosk;
    const auto manifest = kiosk.city.manifest();
    CHECK(kiosk.content(cosign(manifest, kiosk.city, {})) == ProblemKind::BadSignature);
    CHECK(kiosk.content(cosign(manifest, kiosk.city, {1})) == ProblemKind::BadSignature);
    const SigningCity other;
    CHECK(kiosk.content(cosign(manifest, other)) == ProblemKind::BadSignature);
    // The keys of another role.
    CHECK(kiosk.content(cosign(trust::Manifest::kPayloadType, manifest.toJson(), kiosk.city.rootKeys,
                               {0, 1})) == ProblemKind::BadSignature);
    // The same bytes as another kind of document.
    CHECK(kiosk.content(cosign(trust::Root::kPayloadType, manifest.toJson(), kiosk.city.contentKeys,
                               {0, 1})) == ProblemKind::BadSignature);
}

TEST_CASE("one key counts once, whatever it calls itself") {
    Kiosk kiosk;
    wire::Cosigned document{std::string(trust::Manifest::kPayloadType), kiosk.city.manifest().toJson(), {}};
    document.sign(kiosk.city.contentKeys[0]);
    document.signatures.push_back({"somebody-else", document.signatures[0].bytes});
    document.signatures.push_back({"", document.signatures[0].bytes});
    CHECK(kiosk.content(document.toJson()) == ProblemKind::BadSignature);
    document.sign(kiosk.city.contentKeys[1]);
    CHECK_FALSE(kiosk.content(document.toJson()));
}

TEST_CASE("one changed byte of what was signed is seen") {
    Kiosk kiosk;
    auto document = wire::Cosigned::parse(cosign(kiosk.city.manifest(), kiosk.city)).value();
    document.payload[document.payload.find("1000")] = '9';
    CHECK(kiosk.content(document.toJson()) == ProblemKind::BadSignature);
}

TEST_CASE("no way back to an older version, and no second text of the same one") {
    Kiosk kiosk;
    REQUIRE_FALSE(kiosk.content(cosign(kiosk.city.manifest(5), kiosk.city)));
    CHECK(kiosk.content(cosign(kiosk.city.manifest(4), kiosk.city)) == ProblemKind::RolledBack);
    auto other = kiosk.city.manifest(5);
    other.packs[0].bytes = 2;
    CHECK(kiosk.content(cosign(other, kiosk.city)) == ProblemKind::RolledBack);
    kiosk.trust = kiosk.open();
    CHECK(kiosk.content(cosign(kiosk.city.manifest(4), kiosk.city)) == ProblemKind::RolledBack);
    CHECK_FALSE(kiosk.content(cosign(kiosk.city.manifest(6), kiosk.city)));
}

TEST_CASE("what has expired is not taken, yet what was taken stays") {
    Kiosk kiosk;
    const auto bytes = cosign(kiosk.city.manifest(), kiosk.city);
    const auto later = at("2026-12-20T00:00:00Z");
    CHECK(kiosk.content(bytes, later) == ProblemKind::Expired);
    REQUIRE_FALSE(kiosk.content(bytes));
    CHECK_FALSE(kiosk.content(bytes, later));  // nothing new in it
    CHECK(kiosk.open().content());
}

TEST_CASE("under a root that has expired nothing new is taken, until the next root is here") {
    Kiosk kiosk;
    const auto later = at("2027-11-02T00:00:00Z");
    auto manifest = kiosk.city.manifest(2);
    manifest.signedAt = at("2027-11-01T12:00:00Z");
    manifest.expires = at("2027-12-01T00:00:00Z");
    const auto bytes = cosign(manifest, kiosk.city);
    const auto refused = kiosk.trust.takeContent(bytes, later);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ProblemKind::Expired);
    CHECK(refused.error().fact("detail") == "root");
    auto next = kiosk.city.root(2);
    next.expires = at("2028-11-01T00:00:00Z");
    REQUIRE_FALSE(kiosk.root(cosign(next, kiosk.city)));
    CHECK_FALSE(kiosk.content(bytes, later));
}

TEST_CASE("a clock that was set back makes nothing young again") {
    Kiosk kiosk;
    auto newest = kiosk.city.manifest(2);
    newest.signedAt = at("2027-01-05T00:00:00Z");
    newest.expires = at("2027-02-05T00:00:00Z");
    REQUIRE_FALSE(kiosk.content(cosign(newest, kiosk.city)));
    CHECK(kiosk.content(cosign(kiosk.city.manifest(3), kiosk.city), at("1970-01-01T00:00:00Z")) ==
          ProblemKind::Expired);
    CHECK(kiosk.open().trustedTime(at("1970-01-01T00:00:00Z")) == newest.signedAt);
}

TEST_CASE("keys are changed by a chain of roots, each signed by the one before") {
    Kiosk kiosk;
    SigningCity next;
    const auto payload = [&](int version) { return next.root(version).toJson(); };
    const auto signedBy = [&](int version, std::vector<std::size_t> before, std::vector<std::size_t> after) {
        wire::Cosigned document{std::string(trust::Root::kPayloadType), payload(version), {}};
        for (const auto one : before) document.sign(kiosk.city.rootKeys[one]);
        for (const auto one : after) document.sign(next.rootKeys[one]);
        return document.toJson();
    };
    CHECK(kiosk.root(signedBy(2, {}, {0, 1, 2})) == ProblemKind::BadSignature);
    CHECK(kiosk.root(signedBy(2, {0}, {0, 1})) == ProblemKind::BadSignature);
    CHECK(kiosk.root(signedBy(2, {0, 1}, {0})) == ProblemKind::BadSignature);
    CHECK(kiosk.root(signedBy(3, {0, 1}, {0, 1})) == ProblemKind::RolledBack);  // a link is missing
    REQUIRE_FALSE(kiosk.content(cosign(kiosk.city.manifest(9), kiosk.city)));
    REQUIRE_FALSE(kiosk.root(signedBy(2, {0, 1}, {1, 2})));
    CHECK(kiosk.root(signedBy(2, {0, 1}, {1, 2})) == ProblemKind::RolledBack);

    for (int restart = 0; restart < 2; ++restart) {
        CHECK(kiosk.trust.root().version == 2);
        CHECK(kiosk.content(cosign(kiosk.city.manifest(10), kiosk.city)) == ProblemKind::BadSignature);
        kiosk.trust = kiosk.open();
    }
    // The former keys are gone, and what they had signed with them, its version too.
    CHECK_FALSE(kiosk.trust.content());
    CHECK_FALSE(kiosk.content(cosign(next.manifest(1), next)));
}

TEST_CASE("a root that cannot hold is no beginning") {
    TempDir dir;
    const SigningCity city;
    CHECK(Trust::open(dir.path(), cosign(city.root(), city, {0})).error().kind == ProblemKind::BadSignature);
    CHECK(Trust::open(dir.path(), "{}").error().kind == ProblemKind::Malformed);
    CHECK(Trust::open(dir.path(), std::string(2u << 20, ' ')).error().kind == ProblemKind::TooLarge);
}

TEST_CASE("kept files that were damaged are as if they were not there") {
    Kiosk kiosk;
    REQUIRE_FALSE(kiosk.content(cosign(kiosk.city.manifest(5), kiosk.city)));
    REQUIRE(base::writeFileAtomically(kiosk.dir / "content.json", "{\"payloadType\":"));
    REQUIRE(base::writeFileAtomically(kiosk.dir / "root.json", "nothing"));
    kiosk.trust = kiosk.open();
    CHECK_FALSE(kiosk.trust.content());
    CHECK_FALSE(kiosk.content(cosign(kiosk.city.manifest(5), kiosk.city)));
}
