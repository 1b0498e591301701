#include "doctor/Parts.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "device/GatewayUrl.h"
#include "doctor/Checks.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::doctor;

namespace {

/// A station that nobody has enrolled, and whose gateway does not answer.
struct Bare {
    test::TempDir dir;
    test::FakeClock clock;
    device::KioskConfig config;
    Bare() {
        config.gatewayUrl = "http://127.0.0.1:9";
        config.dataDir = dir / "data";
        config.runtimeDir = dir / "run";
        std::filesystem::create_directories(config.dataDir);
    }
    Finding of(Part part) const {
        return examine(part, {config, clock, dir / "tram-camera", dir / "tram-print", "tram/test"});
    }
};

}  // namespace

TEST_CASE("each part has a name of its own, and is told by one finding", "[doctor]") {
    const Bare bare;
    std::set<std::string_view> names;
    for (const auto part : kParts) names.insert(name(part));
    CHECK(names.size() == kParts.size());
    for (const auto part : kParts) CHECK_FALSE(bare.of(part).what.empty());
}

TEST_CASE("what is not configured is no fault", "[doctor]") {
    const Bare bare;
    for (const auto part : {Part::Camera, Part::Printer}) {
        CHECK(bare.of(part).what == "none");
        CHECK(bare.of(part).verdict == Verdict::Good);
    }
}

TEST_CASE("a gateway that is away is told as such, and no clock is called wrong for it", "[doctor]") {
    const Bare bare;
    const auto gateway = bare.of(Part::Gateway);
    CHECK(gateway.subject == "gateway");
    CHECK(gateway.verdict == Verdict::Bad);
    REQUIRE(gateway.problem);
    CHECK(gateway.problem->kind == base::ProblemKind::NoNetwork);
    const auto clock = bare.of(Part::Clock);
    CHECK(clock.what == "unknown");
    CHECK(clock.verdict == Verdict::Warning);
}

TEST_CASE("a store is told by the gravest that is found about it", "[doctor]") {
    const Bare bare;
    CHECK(bare.of(Part::Store).what == "none");
    {
        const auto store = outbox::SqliteOutboxStore::open(bare.config.dataDir).value();
        outbox::Item item{.id = base::Uuid::v7(bare.clock.wall()), .kind = "feedback.report"};
        item.envelope = "{}";
        REQUIRE(store->add(item));
        REQUIRE(store->markNeedsAttention(item.id, "conflict"));
    }
    const auto attention = bare.of(Part::Store);
    CHECK(attention.what == "attention");
    CHECK(attention.values.at("attention") == "1");
    std::ofstream(bare.config.dataDir / "outbox.db", std::ios::trunc);
    CHECK(bare.of(Part::Store).verdict == Verdict::Bad);
}

TEST_CASE("no network is needed for a gateway on this machine", "[doctor]") {
    Bare bare;
    CHECK(bare.of(Part::Network).what == "not_needed");
    for (const char* url : {"http://localhost:8022", "https://[::1]", "http://127.9.0.1"})
        CHECK(device::isOnThisMachine(url));
    for (const char* url : {"https://tram.example", "https://localhost.example", "https://10.0.0.1", ""})
        CHECK_FALSE(device::isOnThisMachine(url));
    bare.config.gatewayUrl = "https://tram.example";
    const auto found = bare.of(Part::Network);
    CHECK((found.what == "good" || found.what == "none"));  // as this machine is
    CHECK((found.what == "good") == (found.verdict == Verdict::Good));
}
