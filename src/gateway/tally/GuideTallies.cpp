#include "gateway/tally/GuideTallies.h"

#include <algorithm>

#include "base/Csv.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

namespace {

/// Longer than any station waits for a line; a flat battery's clock stands decades behind.
constexpr std::chrono::days kLongest{400};

/// Before and behind every day.
constexpr const char *kFirstDay = "0000-00-00", *kLastDay = "9999-99-99";

}  // namespace

void GuideTallies::add(SQLite::Database& db, const wire::GuideTally& tally, const std::string& day) {
    sql::exec(db, R"sql(INSERT INTO guide_tallies
        (ward, day, grp, guide, platform, outcome, helped, away, audience, count, minutes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET count = count + 1, minutes = minutes + excluded.minutes)sql",
              tally.ward, day, tally.group, tally.guide, tally.platform, tally.outcome, tally.helped ? 1 : 0,
              tally.away ? 1 : 0, tally.audience, tally.minutes);
}

std::string GuideTallies::dayOf(const std::string& createdAt, base::WallTime received) {
    base::WallTime at = received;
    (void)base::fromRfc3339(createdAt, at);
    at = std::min(at, received);
    if (at < received - kLongest) at = received;
    return base::toRfc3339(at).substr(0, 10);
}

Result<void> GuideTallies::each(const std::string& from, const std::string& until,
                                const std::function<void(const Row&)>& take) {
    return city_.read([&](SQLite::Database& db) -> Result<void> {
        auto rows = sql::query(
            db, R"sql(SELECT day, ward, grp, guide, platform, outcome, audience, helped, away, count,
            minutes FROM guide_tallies WHERE day BETWEEN ? AND ?
            ORDER BY day, ward, grp, guide, platform, outcome, helped, away, audience)sql",
            from.empty() ? kFirstDay : from, until.empty() ? kLastDay : until);
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            take({text(0), text(1), text(2), text(3), text(4), text(5), text(6),
                  rows.getColumn(7).getInt() != 0, rows.getColumn(8).getInt() != 0,
                  rows.getColumn(9).getInt64(), rows.getColumn(10).getInt64()});
        return {};
    });
}

Result<std::string> talliesCsv(GuideTallies& tallies, const std::string& from, const std::string& until) {
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv, {"day", "ward", "group", "guide", "platform", "outcome", "help", "where",
                           "audience", "count", "minutes"});
    const auto done = tallies.each(from, until, [&](const GuideTallies::Row& row) {
        base::addCsvLine(
            csv, {row.day, base::csvCell(row.ward), base::csvCell(row.group), base::csvCell(row.guide),
                  row.platform, base::csvCell(row.outcome), row.helped ? "helped" : "alone",
                  row.away ? "away" : "station", base::csvCell(row.audience), std::to_string(row.count),
                  std::to_string(row.minutes)});
    });
    if (!done) return tl::unexpected(done.error());
    return csv;
}

}  // namespace tram::gateway
