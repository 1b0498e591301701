// What the gateway makes of how it went with guides: sums, once each, and nobody's rows.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>

#include "QuietCity.h"
#include "gateway/inbox/Halves.h"
#include "gateway/tally/GuideTallies.h"

using namespace tram;
using namespace tram::test;
using gateway::GuideTallies;

namespace {

wire::GuideTally tally(const std::string& outcome = "signed_in", int minutes = 7) {
    return {"cong-dan-so", "android", outcome, "", "Khu phố 3", false, minutes};
}

struct Desk {
    QuietCity quiet;
    std::string created = "2026-11-21T09:00:00+07:00";

    QuietCity::Sealed seal(wire::GuideTally of) {
        if (of.ward.empty()) of.ward = quiet.kiosk.ward;
        return quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.kind = wire::GuideTally::kKind;
            body.createdAt = created;
            body.fieldsJson = of.toJson();
        });
    }
    std::string send(const wire::GuideTally& of) {
        const auto sealed = seal(of);
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        const auto found = quiet.city->quarantine.find(sealed.id);
        REQUIRE(found);
        return *found ? (*found)->reason : "";
    }
    /// "day outcome help count minutes" of each, a line each.
    std::string sums(const std::string& from = "", const std::string& until = "") {
        std::string all;
        GuideTallies tallies(*quiet.city->storage.city);
        REQUIRE(tallies.each(from, until, [&](const GuideTallies::Row& row) {
            all += row.day + " " + row.outcome + (row.helped ? " helped " : " alone ") +
                   std::to_string(row.count) + " " + std::to_string(row.minutes) + "\n";
        }));
        return all;
    }
};

}  // namespace

TEST_CASE("tallies: equal ones are added up, and nothing of each is kept but in the inbox") {
    Desk desk;
    CHECK(desk.send(tally()).empty());
    CHECK(desk.send(tally("signed_in", 5)).empty());
    auto helped = tally("not_done:storage", 20);
    helped.helped = true;
    CHECK(desk.send(helped).empty());
    CHECK(desk.sums() == "2026-11-21 not_done:storage helped 1 20\n2026-11-21 signed_in alone 2 12\n");
    const auto again = desk.seal(tally());
    CHECK(desk.quiet.take(again.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(desk.quiet.take(again.bytes).verdict == wire::ActionVerdict::Replayed);
    CHECK(desk.sums("2026-11-21", "2026-11-21").find("alone 3 19") != std::string::npos);
    CHECK(desk.sums("2026-11-22").empty());
    CHECK(desk.sums("", "2026-11-20").empty());
}

TEST_CASE("tallies: an end in between, and the two halves compared, count nothing twice") {
    Desk desk;
    const auto sealed = desk.seal(tally());
    REQUIRE(desk.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto before = desk.sums();
    gateway::Halves halves(desk.quiet.city->storage);
    const auto mended = halves.mend();
    REQUIRE(mended);
    desk.quiet.city->tidy();
    CHECK(desk.sums() == before);
    // As if it had ended before the envelope was marked: then nothing was counted, and it is once.
    const auto written =
        desk.quiet.city->storage.city->write([&](SQLite::Database& db) -> base::Result<void> {
            db.exec("DELETE FROM guide_tallies");
            db.exec("UPDATE envelopes SET state = 'stored', reason = ''");
            return {};
        });
    REQUIRE(written);
    desk.quiet.city->tidy();
    desk.quiet.city->tidy();
    CHECK(desk.sums() == before);
}

TEST_CASE("tallies: what is none, or of another ward, waits for people and counts nothing") {
    Desk desk;
    auto other = tally();
    other.ward = desk.quiet.kiosk.ward == "27154" ? "25747" : "27154";
    CHECK(desk.send(other) == "tally: ward");
    CHECK(desk.send(tally("finished")).starts_with("schema"));
    auto long_ = tally();
    long_.minutes = 241;
    CHECK(desk.send(long_).starts_with("schema"));
    CHECK(desk.sums().empty());
}

TEST_CASE("tallies: help given elsewhere, and to whom, is told apart from what was done at a station") {
    Desk desk;
    CHECK(desk.send(tally()).empty());
    auto away = tally();
    away.away = true;
    CHECK(desk.send(away).empty());
    away.audience = "=members";
    CHECK(desk.send(away).starts_with("schema"));
    away.audience = "members";
    CHECK(desk.send(away).empty());
    CHECK(desk.send(away).empty());
    GuideTallies tallies(*desk.quiet.city->storage.city);
    const auto csv = gateway::talliesCsv(tallies, "", "");
    REQUIRE(csv);
    for (const char* line :
         {",alone,station,\"\",1,7\r\n", ",alone,away,\"\",1,7\r\n", ",alone,away,\"members\",2,14\r\n"})
        CHECK(csv->find(line) != std::string::npos);
}

TEST_CASE("tallies: the day is the station's, but for a clock that cannot be right") {
    const auto at = [](const char* text) {
        base::WallTime time{};
        REQUIRE(base::fromRfc3339(text, time));
        return time;
    };
    const auto now = at("2026-11-21T10:00:00+07:00");
    CHECK(GuideTallies::dayOf("2026-11-19T23:00:00+07:00", now) == "2026-11-19");
    CHECK(GuideTallies::dayOf("2026-11-19T20:00:00Z", now) == "2026-11-20");
    CHECK(GuideTallies::dayOf("2031-01-01T00:00:00+07:00", now) == "2026-11-21");
    CHECK(GuideTallies::dayOf("2000-01-01T00:00:00+07:00", now) == "2026-11-21");
}

TEST_CASE("tallies: no cell of the CSV is a formula to a spreadsheet") {
    Desk desk;
    auto bad = tally();
    bad.group = "=HYPERLINK(\"http://x\",\"y\")";
    CHECK(desk.send(bad).empty());
    GuideTallies tallies(*desk.quiet.city->storage.city);
    const auto csv = gateway::talliesCsv(tallies, "", "");
    REQUIRE(csv);
    CHECK(csv->find("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"") != std::string::npos);
    CHECK(
        csv->starts_with("\xEF\xBB\xBF"
                         "day,ward,group,guide,platform,outcome,help,where,audience,count,minutes\r\n"));
}
