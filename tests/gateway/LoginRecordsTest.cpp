// That somebody logged in at a kiosk: kept to the hour, for the operator's hours, and nowhere else.
#include <catch2/catch.hpp>

#include "QuietCity.h"
#include "gateway/storage/Backup.h"

using namespace tram;
using namespace tram::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

void forADay(gateway::GatewayConfig& config) {
    config.loginHours = hours(24);
}

void logIn(QuietCity& quiet, const std::string& login) {
    REQUIRE(quiet.city->loginRecords.begun(login, quiet.kiosk.id, quiet.clock.wall()));
    REQUIRE(quiet.city->loginRecords.ended(login, "approved"));
}

std::vector<base::WallTime> times(gateway::SharedDatabase& db) {
    const auto all = db.read([](SQLite::Database& raw) -> base::Result<std::vector<base::WallTime>> {
        std::vector<base::WallTime> found;
        SQLite::Statement rows(raw, "SELECT at FROM logins ORDER BY at");
        while (rows.executeStep()) found.emplace_back(base::Millis(rows.getColumn(0).getInt64()));
        return found;
    });
    REQUIRE(all);
    return *all;
}

std::vector<base::WallTime> times(QuietCity& quiet) {
    return times(*quiet.city->storage.city);
}

}  // namespace

TEST_CASE("that somebody logged in is known to the hour and for the operator's hours, no longer") {
    QuietCity quiet(forADay);
    quiet.clock.set("2026-11-21T09:41:07+07:00");
    logIn(quiet, "one");
    CHECK(times(quiet) == std::vector{base::coarseToHour(quiet.clock.wall())});
    quiet.clock.advance(hours(23));
    logIn(quiet, "two");
    quiet.city->tidy();
    CHECK(times(quiet).size() == 2);
    quiet.clock.advance(hours(1));
    quiet.city->tidy();
    CHECK(times(quiet).size() == 1);
    quiet.clock.advance(hours(24));
    quiet.city->tidy();
    CHECK(times(quiet).empty());
}

TEST_CASE("what a clock that was ahead has noted of logins goes in its time, and a leap deletes none") {
    QuietCity quiet(forADay);
    quiet.city->tidy();
    const auto today = quiet.clock.wall();
    logIn(quiet, "today's");
    quiet.clock.set("2055-01-01T03:04:05+07:00");
    quiet.clock.advance(hours(1));
    quiet.city->tidy();
    CHECK(times(quiet).size() == 1);  // held, like every retention
    logIn(quiet, "2055's");
    quiet.clock.set(today + hours(1));
    quiet.clock.advance(hours(1));
    quiet.city->tidy();
    CHECK(times(quiet).size() == 2);
    CHECK(times(quiet).back() == base::coarseToHour(quiet.clock.wall()));
    quiet.clock.advance(hours(24));
    quiet.city->tidy();
    CHECK(times(quiet).empty());
}

TEST_CASE("no backup holds that somebody logged in") {
    QuietCity quiet(forADay);
    const auto sent = quiet.send("x");
    logIn(quiet, "login-that-is-nobodys-business");
    const auto done = gateway::backUp(quiet.city->storage,
                                      {quiet.dir / "backups", true, std::nullopt, "test"}, quiet.clock);
    REQUIRE(done);
    CHECK(done->set.verify());
    CHECK_FALSE(quiet.filesWith("nobodys-business").empty());  // the search would find it
    CHECK(filesWith(quiet.dir / "backups", "nobodys-business").empty());
    REQUIRE(gateway::restore(quiet.dir / "backups", quiet.dir / "elsewhere"));
    quiet.config.dataDir = quiet.dir / "elsewhere";
    quiet.restart();
    CHECK(times(quiet).empty());
    CHECK(quiet.knows(sent.code));
}
