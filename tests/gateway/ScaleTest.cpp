#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <map>

#include "QuietCity.h"

using namespace tram;
using namespace tram::test;

namespace {

/// Rows that each statement has walked over without being led to them by an index.
using Walked = std::map<std::string, int>;

int note(unsigned, void* walked, void* statement, void*) {
    auto* row = static_cast<sqlite3_stmt*>(statement);
    auto& most = (*static_cast<Walked*>(walked))[sqlite3_sql(row)];
    most = std::max(most, sqlite3_stmt_status(row, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1));
    return 0;
}

void watch(gateway::SharedDatabase& db, Walked* walked) {
    REQUIRE(db.read([&](SQLite::Database& raw) -> base::Result<void> {
        sqlite3_trace_v2(raw.getHandle(), walked ? SQLITE_TRACE_PROFILE : 0, walked ? note : nullptr, walked);
        return {};
    }));
}

}  // namespace

TEST_CASE("nothing that is asked all the time walks through what has piled up") {
    // At ten million actions (tests/bench/gateway) a walk takes seconds; here it would be seen in the count.
    QuietCity quiet([](auto& config) {
        config.retention = {std::chrono::days(7), std::chrono::days(30), std::chrono::days(60)};
    });
    constexpr int kPile = 60;
    std::vector<QuietCity::Sealed> old;
    for (int at = 0; at < kPile; ++at) old.push_back(quiet.send("x", at % 3 == 0 ? 1 : 0));
    quiet.closeAll();
    for (int at = 0; at < kPile / 2; ++at)
        REQUIRE(quiet.city->erasure.forget(old[static_cast<std::size_t>(at)].id));

    Walked walked;
    watch(*quiet.city->storage.city, &walked);
    watch(*quiet.city->storage.reports, &walked);
    quiet.send("new", 1);
    quiet.take(old.front().bytes);
    quiet.take(old.back().bytes);
    quiet.deliverAll();
    quiet.knows(old.back().code);
    quiet.knows("0000000000");
    CHECK(quiet.city->inbox.counts()->opened == kPile / 2 + 1);
    CHECK(quiet.city->reports.counts()->done == kPile / 2);
    CHECK(quiet.city->quarantine.oldest());
    CHECK(quiet.city->storage.epoch());
    quiet.city->tidy();
    watch(*quiet.city->storage.city, nullptr);
    watch(*quiet.city->storage.reports, nullptr);
    CHECK(walked.size() > 20);
    for (const auto& [sql, rows] : walked) {
        INFO(sql);
        CHECK(rows <= 6);  // the kept counts
    }
    CHECK(std::ranges::any_of(walked, [](const auto& each) { return each.second > 0; }));  // walks are seen
}
