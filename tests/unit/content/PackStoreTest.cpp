#include "content/PackStore.h"

#include <catch2/catch.hpp>

#include "pack/PackFile.h"
#include "tests/support/CityPacks.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;

namespace {

/// Two versions, each with a pack of its own and one that both have.
struct Filled : PackKiosk {
    MadePack same = makePack("places", "Chợ"), first = makePack("city", "Trường A"),
             second = makePack("city", "Trường B");
    std::string one = manifestOf(1, {first.named, same.named}),
                two = manifestOf(2, {second.named, same.named});

    Filled() {
        REQUIRE(store.pin(pinOf(city.root())));
        place(first), place(same);
        put(one);
    }
    void put(const std::string& manifest) {
        auto trust = store.trust().value();
        REQUIRE(store.put(trust, manifest, clock.wall()));
    }
};

}  // namespace

TEST_CASE("a kiosk without a root shows nothing, and says that there is nothing") {
    PackKiosk kiosk;
    CHECK(kiosk.store.trust().error().kind == ProblemKind::FileMissing);
    CHECK(kiosk.store.current(kiosk.clock.wall()).error().kind == ProblemKind::FileMissing);
    REQUIRE(kiosk.store.pin(kiosk.pinOf(kiosk.city.root())));
    CHECK(kiosk.store.trust().value().root().version == 1);
    CHECK(kiosk.store.current(kiosk.clock.wall()).error().kind == ProblemKind::FileMissing);
}

TEST_CASE("only this gateway pins, once, and only a root that holds") {
    PackKiosk kiosk;
    const auto stranger = crypto::SigningKey::generate();
    const auto root = cosign(kiosk.city.root(), kiosk.city);
    CHECK(kiosk.store.pin(wire::PinnedRoot::sign(root, stranger)).error().kind == ProblemKind::BadSignature);
    CHECK(
        kiosk.store.pin(wire::PinnedRoot::sign(cosign(kiosk.city.root(), kiosk.city, {0}), kiosk.gatewayKey))
            .error()
            .kind == ProblemKind::BadSignature);
    CHECK(kiosk.store.pin(root).error().kind == ProblemKind::Malformed);
    CHECK_FALSE(std::filesystem::exists(kiosk.home("pin.json")));

    REQUIRE(kiosk.store.pin(kiosk.pinOf(kiosk.city.root())));
    // Whoever has the gateway's key now: this kiosk goes by its own root.
    const SigningCity thief;
    REQUIRE(kiosk.store.pin(wire::PinnedRoot::sign(cosign(thief.root(9), thief), kiosk.gatewayKey)));
    CHECK(kiosk.store.trust().value().root().version == 1);
}

TEST_CASE("the swap is one file, and both sets of packs stay") {
    Filled kiosk;
    CHECK(kiosk.shows() == "v1 city places");
    const auto before = kiosk.store.stamp();
    const auto reading = pack::PackFile::open(kiosk.store.current(kiosk.clock.wall())->packs[0].file).value();

    kiosk.place(kiosk.second);
    CHECK(kiosk.store.stamp() == before);
    kiosk.put(kiosk.two);
    CHECK(kiosk.shows() == "v2 city places");
    CHECK(kiosk.store.stamp() != before);

    kiosk.store.tidy(kiosk.store.trust()->content().value());
    CHECK(kiosk.store.has(kiosk.first.named));
    const auto third = makePack("city", "Trường C");
    kiosk.place(third);
    kiosk.put(kiosk.manifestOf(3, {third.named}));
    kiosk.store.tidy(kiosk.store.trust()->content().value());
    CHECK_FALSE(kiosk.store.has(kiosk.first.named));
    CHECK(kiosk.store.has(kiosk.second.named));
    CHECK(reading.entry("school", "one")->title == "Trường A");  // opened before all this
}

TEST_CASE("what is not whole on the disk is not shown: the one before is") {
    Filled kiosk;
    kiosk.place(kiosk.second);
    kiosk.put(kiosk.two);
    std::filesystem::resize_file(kiosk.store.fileOf(kiosk.second.named), 100);
    CHECK(kiosk.shows() == "v1 city places (former)");
    kiosk.place(kiosk.second);
    CHECK(kiosk.shows() == "v2 city places");
    std::filesystem::remove(kiosk.store.fileOf(kiosk.same.named));
    CHECK(kiosk.store.current(kiosk.clock.wall()).error().kind == ProblemKind::FileMissing);
}

TEST_CASE("a pack that came anew is told as a swap is, one that nothing names is not") {
    Filled kiosk;
    auto stamp = kiosk.store.stamp();
    const auto changed = [&] { return std::exchange(stamp, kiosk.store.stamp()) != stamp; };
    CHECK_FALSE(changed());
    kiosk.place(kiosk.second);
    CHECK_FALSE(changed());
    std::filesystem::remove(kiosk.store.fileOf(kiosk.first.named));
    CHECK(changed());
    kiosk.place(kiosk.first);
    CHECK(changed());
    kiosk.put(kiosk.two);
    CHECK(changed());
    kiosk.place(kiosk.first);  // the former one's, which may have to stand in
    CHECK(changed());
    CHECK_FALSE(changed());
}

TEST_CASE("broken off between keeping the former one and the swap, the old content stands") {
    Filled kiosk;
    REQUIRE(base::writeFileAtomically(kiosk.home("former.json"), kiosk.one));
    CHECK(kiosk.shows() == "v1 city places");
    kiosk.place(kiosk.second);
    kiosk.put(kiosk.two);
    CHECK(kiosk.shows() == "v2 city places");
}

TEST_CASE("content stays with its age, and shows that it is over") {
    Filled kiosk;
    kiosk.clock.set("2027-01-01T00:00:00+07:00");
    CHECK(kiosk.shows() == "v1 city places (expired)");
    kiosk.clock.set("1970-01-01T00:00:00+07:00");
    CHECK(kiosk.shows() == "v1 city places");
}

TEST_CASE("another gateway's city is another one") {
    Filled kiosk;
    const content::PackStore other(kiosk.dir.path(), crypto::SigningKey::generate().verifyKey());
    CHECK(other.current(kiosk.clock.wall()).error().kind == ProblemKind::FileMissing);
    CHECK(kiosk.shows() == "v1 city places");
}
