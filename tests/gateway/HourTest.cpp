// STANDARDS 14: of a report without a name the gateway keeps and tells no time more exact than the hour.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <set>

#include "QuietCity.h"
#include "gateway/storage/Backup.h"

using namespace tram;
using namespace tram::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// As SQLite writes it into a row: six bytes, the highest first (sqlite.org/fileformat2.html 2.1).
std::string inRow(base::WallTime moment) {
    std::string bytes;
    for (int shift = 40; shift >= 0; shift -= 8)
        bytes += static_cast<char>(moment.time_since_epoch().count() >> shift & 0xff);
    return bytes;
}

bool tellsMinute(base::WallTime time) {
    return time != base::coarseToHour(time);
}

/// Columns of the whole store in which a time of this century stands that is more exact than the hour.
std::set<std::string> exactColumns(gateway::SharedDatabase& db) {
    std::set<std::string> exact;
    const auto read = db.read([&](SQLite::Database& raw) -> base::Result<void> {
        std::vector<std::string> tables;
        SQLite::Statement names(raw, "SELECT name FROM sqlite_schema WHERE type = 'table'");
        while (names.executeStep()) tables.push_back(names.getColumn(0).getString());
        for (const auto& table : tables) {
            SQLite::Statement rows(raw, "SELECT * FROM " + table);
            while (rows.executeStep())
                for (int at = 0; at < rows.getColumnCount(); ++at) {
                    const auto column = rows.getColumn(at);
                    base::WallTime time(base::Millis(column.isInteger() ? column.getInt64() : 0));
                    const bool isTime = column.isInteger() ? time.time_since_epoch() > hours(24 * 365 * 30)
                                                           : base::fromRfc3339(column.getString(), time);
                    if (isTime && tellsMinute(time)) exact.insert(table + "." + column.getName());
                }
        }
        return {};
    });
    REQUIRE(read);
    return exact;
}

void checkFiles(const std::filesystem::path& dir) {
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
        if (!entry.is_regular_file()) continue;
        struct stat info{};
        REQUIRE(stat(entry.path().c_str(), &info) == 0);
        CHECK(info.st_mtim.tv_sec % 3600 == 0);
        CHECK(info.st_mtim.tv_nsec == 0);
        ++seen;
    }
    CHECK(seen > 0);
}

}  // namespace

TEST_CASE("no row, no byte, no file's time and no answer tells the minute of a report without a name") {
    QuietCity quiet;
    std::vector<base::WallTime> moments;
    const auto at = [&](base::Millis later) {
        quiet.clock.advance(later);
        moments.push_back(quiet.clock.wall());
        // What follows from it: 1022's own steps, and our looks and tries.
        for (const auto after : {base::Millis(minutes(5)), base::Millis(hours(5 * 24))})
            moments.push_back(quiet.clock.wall() + after);
    };
    quiet.clock.set("2026-11-22T08:00:00+07:00");
    const auto sent = quiet.seal("nobody", 1, [](auto&, auto& report) {
        report.disclosure = wire::Disclosure::Anonymous;
        report.name.clear();
        report.phone.clear();
        report.email.clear();
    });
    at(minutes(41) + base::Millis(7251));
    quiet.upload(sent.pictures[0]);
    at(base::Millis(1333));
    REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto quarantined = quiet.seal("nobody", 0, [](auto& body, auto&) { body.kind = "unknown.kind"; });
    REQUIRE(quiet.take(quarantined.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK_FALSE(tellsMinute(quiet.city->quarantine.list(false, 10)->front().receivedAt));
    const auto look = [&] {
        const auto status =
            quiet.city->reports.status(sent.code, base::SecretText(sent.secret), "1022", quiet.clock.wall());
        REQUIRE(*status);
        std::vector<std::string> told;
        for (const auto& event : (*status)->history) told.push_back(event.at);
        if (!(*status)->due.empty()) told.push_back((*status)->due);
        CHECK(told.size() >= 1);
        for (const auto& text : told) {
            base::WallTime time;
            REQUIRE(base::fromRfc3339(text, time));
            CHECK_FALSE(tellsMinute(time));
        }
        // Of the kiosk, of the gateway itself and of its staff: nobody's report.
        const std::set<std::string> ours{"kiosks.enrolled_at", "enrolment_codes.expires_at", "meta.value",
                                         "staff.added_at"};
        for (auto* db : {quiet.city->storage.city.get(), quiet.city->storage.reports.get()})
            for (const auto& column : exactColumns(*db)) {
                INFO(column);
                CHECK(ours.contains(column));
            }
        return (*status)->history.size();
    };
    CHECK(look() == 1);
    SECTION("as it goes its way") {
        at(base::Millis(2777));
        quiet.deliverAll();
        look();
        for (int step = 0; step < 7; ++step) {
            at(hours(19) + minutes(13) + base::Millis(431 + step));
            quiet.deliverAll();
            look();
        }
        CHECK(look() == 5);
    }
    SECTION("when 1022 does not answer") {
        REQUIRE(quiet.city->reports.later(sent.id, quiet.clock.wall() + base::Millis(3001)));
        moments.push_back(quiet.clock.wall() + base::Millis(3001));
        look();
        CHECK(quiet.city->reports.due(quiet.clock.wall(), 10)
                  ->empty());  // it is not asked any earlier for that
        at(base::Millis(3001));
        CHECK(quiet.city->reports.due(quiet.clock.wall(), 10)->size() == 1);
    }
    checkFiles(quiet.data() / "attachments");
    const auto done = gateway::backUp(quiet.city->storage,
                                      {quiet.dir / "backups", false, std::nullopt, "test"}, quiet.clock);
    REQUIRE(done);
    checkFiles(done->set.dir / "attachments");
    for (const auto& moment : moments) {
        CHECK(quiet.filesWith(inRow(moment)) == std::vector<std::string>{});
        CHECK(filesWith(done->set.dir, inRow(moment)) == std::vector<std::string>{});
    }
    // The search finds one with a name.
    quiet.clock.advance(minutes(1));
    quiet.send("somebody");
    CHECK(quiet.filesWith(inRow(quiet.clock.wall())) == std::vector<std::string>{"reports.db-wal"});
}

TEST_CASE(
    "a consent that a kiosk has timed to the second is kept to the hour when nobody's name is with it") {
    QuietCity quiet;
    for (const auto disclosure : {wire::Disclosure::Anonymous, wire::Disclosure::Named}) {
        const auto sent = quiet.seal("x", 0, [&](auto&, auto& report) {
            report.disclosure = disclosure;
            if (disclosure == wire::Disclosure::Named) return;
            report.name.clear();
            report.phone.clear();
            report.email.clear();
        });
        REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
        const auto due = quiet.city->reports.due(quiet.clock.wall(), 10);
        REQUIRE(due->size() == 1);
        base::WallTime consent;
        REQUIRE(base::fromRfc3339(due->front().report.consentAt, consent));
        CHECK(tellsMinute(consent) == (disclosure == wire::Disclosure::Named));
        quiet.deliverAll();
    }
}

TEST_CASE("a report without a name is followed when it is time, not all through the hour") {
    QuietCity quiet;
    const auto sent = quiet.seal("x", 0, [](auto&, auto& report) {
        report.disclosure = wire::Disclosure::Anonymous;
        report.name.clear();
        report.phone.clear();
        report.email.clear();
    });
    REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(*quiet.city->delivery->step() == 1);
    CHECK(*quiet.city->delivery->step() == 0);
    quiet.clock.advance(minutes(5) - base::Millis(1));
    CHECK(*quiet.city->delivery->step() == 0);
    quiet.restart();  // the exact moment was in memory only: one look too many
    CHECK(*quiet.city->delivery->step() == 1);
    CHECK(*quiet.city->delivery->step() == 0);
    quiet.clock.advance(base::Millis(1));
    CHECK(*quiet.city->delivery->step() == 1);
    CHECK(*quiet.city->delivery->step() == 0);
}
