#include "assist/Lockout.h"

#include <catch2/catch.hpp>

#include "base/Disk.h"
#include "base/Files.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using assist::Lockout;
using Gate = Lockout::Gate;
using wire::StaffRole;

namespace {

struct Door {
    test::TempDir dir;
    test::FakeClock clock;
    std::filesystem::path file = dir / "lockout.json";
    std::optional<Lockout> lockout{std::in_place, file, clock};

    void restart() { lockout.emplace(file, clock); }
    Lockout::Standing begin(const std::string& who = "S-1") { return lockout->begin({who}).value(); }
    Lockout::Standing look(const std::string& who = "S-1") { return lockout->look({who}).value(); }
    /// Wrong so often, each as soon as it may be tried.
    void wrong(int times, const std::string& who = "S-1") {
        for (int i = 0; i < times; ++i) {
            clock.advance(look(who).wait);
            REQUIRE(begin(who).gate == Gate::Open);
        }
    }
};

}  // namespace

TEST_CASE("lockout: four errors are free, then 15 s that double, and fifteen lock") {  // STANDARDS 20
    Door door;
    door.wrong(4);
    CHECK(door.look().gate == Gate::Open);
    door.wrong(1);
    for (int errors = 5; errors < 15; ++errors) {
        const auto standing = door.begin();
        CHECK(standing.gate == Gate::Waiting);
        CHECK(standing.wait == 15s * (1 << (errors - 5)));
        door.clock.advance(standing.wait - 1ms);
        CHECK(door.begin().gate == Gate::Waiting);  // asking too early costs nothing and wins nothing
        door.clock.advance(1ms);
        CHECK(door.begin().gate == Gate::Open);
    }
    CHECK(door.look().gate == Gate::Locked);
    door.clock.advance(24h * 365);
    CHECK(door.begin().gate == Gate::Locked);
    CHECK(door.look("S-2").gate == Gate::Open);
    CHECK(door.lockout->locked().value() == std::vector<std::string>{"S-1"});
}

TEST_CASE("lockout: outlives the process, the boot and any change of the clock") {
    Door door;
    door.wrong(7);
    door.restart();
    CHECK(door.look().wait == 60s);
    door.clock.set("2036-01-01T00:00:00+07:00");
    CHECK(door.look().wait == 60s);
    door.clock.advance(20s);
    door.clock.reboot();
    door.restart();
    CHECK(door.look().wait == 60s);  // anew, from when it is first looked at
    door.clock.advance(20s);
    door.restart();
    CHECK(door.look().wait == 40s);
    door.clock.advance(40s);
    CHECK(door.begin().gate == Gate::Open);
    door.wrong(7);
    door.clock.reboot();
    door.restart();
    CHECK(door.begin().gate == Gate::Locked);
}

TEST_CASE("lockout: the error is on the disk before the PIN is looked at") {
    Door door;
    REQUIRE(door.begin().gate == Gate::Open);
    door.restart();  // the plug was pulled: nobody ever said how it went
    door.wrong(3);
    door.restart();
    door.wrong(1);
    CHECK(door.look().gate == Gate::Waiting);

    struct Full : base::Disk {
        int sync(int) override { return errno = ENOSPC, -1; }
    } full;
    const base::DiskInstead instead(full);
    const auto tried = door.lockout->begin({"S-2"});
    REQUIRE_FALSE(tried);
    CHECK(tried.error().kind == base::ProblemKind::DiskFull);
}

TEST_CASE("lockout: the right PIN begins anew, for its owner alone") {
    Door door;
    door.wrong(6);
    door.wrong(6, "S-2");
    door.clock.advance(30s);
    REQUIRE(door.begin().gate == Gate::Open);
    REQUIRE(door.lockout->succeeded({"S-1"}));
    door.restart();
    door.wrong(4);
    CHECK(door.look().gate == Gate::Open);
    CHECK(door.begin("S-2").gate == Gate::Open);
    CHECK(door.look("S-2").wait == 60s);
}

TEST_CASE("lockout: a supervisor unlocks, others may not") {
    Door door;
    door.wrong(15);
    for (const auto role : {StaffRole::Helper, StaffRole::Officer})
        CHECK(door.lockout->unlock("S-1", role).error().kind == base::ProblemKind::Forbidden);
    CHECK(door.look().gate == Gate::Locked);
    REQUIRE(door.lockout->unlock("S-1", StaffRole::Supervisor));
    CHECK(door.begin().gate == Gate::Open);
    door.wrong(15, "");
    REQUIRE(door.lockout->unlock("", StaffRole::Supervisor));
    CHECK(door.look("").gate == Gate::Open);
}

TEST_CASE("lockout: unknown badges make the station wait, and keep nobody out who has one of ours") {
    Door door;
    door.wrong(8, "");
    CHECK(door.begin("").wait == 120s);
    CHECK(door.begin("S-1").gate == Gate::Open);
    REQUIRE(door.lockout->succeeded({"S-1"}));
    CHECK(door.look("").gate == Gate::Open);  // one of ours is here
    door.wrong(15, "");
    CHECK(door.begin("").gate == Gate::StationLocked);
    CHECK(door.begin("S-1").gate == Gate::StationLocked);
    const Lockout::Attempt supervisor{.member = "S-9", .supervisor = true};
    CHECK(door.lockout->begin(supervisor).value().gate == Gate::Open);
    CHECK(door.look("S-1").gate == Gate::StationLocked);
    REQUIRE(door.lockout->succeeded(supervisor));
    CHECK(door.begin("S-1").gate == Gate::Open);
}

TEST_CASE("lockout: a damaged file locks the station until a supervisor or the line vouches for somebody") {
    for (const char* text :
         {"", "{", "[]", R"({"v":2})", R"({"v":1,"station":{"errors":0},"members":[],"x":1})",
          R"({"v":1,"station":{"errors":-1},"members":[]})",
          R"({"v":1,"station":{"errors":0},"members":[{"id":"S-1","errors":1},{"id":"S-1","errors":0}]})",
          R"({"v":1,"station":{"errors":0},"members":[{"id":"../x","errors":1}]})",
          R"({"v":1,"station":{"errors":5,"boot":"b"},"members":[]})"}) {
        CAPTURE(text);
        Door door;
        REQUIRE(base::writeFileAtomically(door.file, text));
        CHECK(door.look().gate == Gate::StationLocked);
        CHECK(door.begin().gate == Gate::StationLocked);
        door.restart();
        CHECK(door.begin("").gate == Gate::StationLocked);
        CHECK(door.lockout->locked().value() == std::vector<std::string>{""});
        const Lockout::Attempt online{.member = "", .online = true};
        CHECK(door.lockout->begin(online).value().gate == Gate::Open);
        CHECK(door.begin().gate == Gate::StationLocked);
        REQUIRE(door.lockout->succeeded({.member = "S-1", .online = true}));
        CHECK(door.begin().gate == Gate::Open);
    }
}

TEST_CASE("lockout: a supervisor's guesses are counted while the station is locked") {
    Door door;
    REQUIRE(base::writeFileAtomically(door.file, "{"));
    const Lockout::Attempt supervisor{.member = "S-9", .supervisor = true};
    for (int i = 0; i < 5; ++i) REQUIRE(door.lockout->begin(supervisor).value().gate == Gate::Open);
    CHECK(door.lockout->begin(supervisor).value().gate == Gate::Waiting);
    door.restart();
    CHECK(door.lockout->look(supervisor).value().wait == 15s);
}
