#include "gateway/tally/WardReports.h"

#include <algorithm>

#include "base/Csv.h"
#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::WardReport;
using By = WardReport::By;

namespace {

// Whoever has a kiosk's key may make up units and outcomes without end: those with most are told.
constexpr const char* kByDay = R"sql(SELECT day, errand, sum(count) AS sum FROM errands
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 AND errand <> 'rating' GROUP BY day, errand
    UNION ALL SELECT day, iif(away, 'away', 'guide'), sum(count) FROM guide_tallies
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY day, away ORDER BY sum DESC LIMIT ?4)sql";
constexpr const char* kByUnit = R"sql(SELECT '', errand, sum(count) AS sum FROM errands
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 AND errand <> 'rating' GROUP BY errand
    UNION ALL SELECT grp, iif(away, 'away', 'guide'), sum(count) FROM guide_tallies
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY grp, away ORDER BY sum DESC LIMIT ?4)sql";
constexpr const char* kByErrand = R"sql(SELECT errand, errand, sum(count) AS sum FROM errands
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY errand
    UNION ALL SELECT iif(away, 'away', 'guide'), iif(away, 'away', 'guide'), sum(count) FROM guide_tallies
    WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY away ORDER BY sum DESC LIMIT ?4)sql";
constexpr const char* kByOutcome = R"sql(SELECT outcome, iif(away, 'away', 'guide'), sum(count) AS sum
    FROM guide_tallies WHERE ward = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY outcome, away
    ORDER BY sum DESC LIMIT ?4)sql";

const char* queryFor(By by) {
    switch (by) {
        case By::Day:
            return kByDay;
        case By::Unit:
            return kByUnit;
        case By::Outcome:
            return kByOutcome;
        case By::Errand:
            break;
    }
    return kByErrand;
}

tl::unexpected<base::Problem> badDay(const char* key, const char* expected) {
    return base::fail(ProblemKind::OutOfRange, {{"key", key}, {"expected", expected}});
}

Result<void> check(const WardPeriod& period) {
    const auto from = calendar::dayFrom(period.from), to = calendar::dayFrom(period.to);
    if (!from) return badDay("from", "a day that exists");
    if (!to) return badDay("to", "a day that exists");
    const auto days = (*to - *from).count() + 1;
    if (days < 1 || days > WardReport::kMostDays) return badDay("to", "within 400 days");
    return {};
}

/// A damaged store may hold any number.
std::int64_t toldCount(std::int64_t sum, const std::string& errand) {
    const auto count = std::clamp<std::int64_t>(sum, 0, WardReport::kMost);
    return errand == "rating" ? count - count % WardReport::kRatingStep : count;
}

}  // namespace

Result<WardReport> wardReport(SharedDatabase& city, const WardPeriod& period, By by, base::WallTime now) {
    if (auto fits = check(period); !fits) return tl::unexpected(fits.error());
    WardReport report{period.ward, period.from, period.to, by, base::toRfc3339(now), {}};
    auto read = city.read([&](SQLite::Database& db) -> Result<void> {
        auto rows = sql::query(db, queryFor(by), period.ward, period.from, period.to,
                               static_cast<std::int64_t>(WardReport::kMostRows));
        while (rows.executeStep()) {
            WardReport::Row row{rows.getColumn(0).getString(), rows.getColumn(1).getString(), 0};
            row.count = toldCount(rows.getColumn(2).getInt64(), row.errand);
            if (row.count > 0 && wire::isErrand(row.errand)) report.rows.push_back(std::move(row));
        }
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    std::ranges::sort(report.rows, [](const auto& a, const auto& b) {
        return std::tie(a.key, a.errand) < std::tie(b.key, b.errand);
    });
    return report;
}

std::string wardReportCsv(const WardReport& report) {
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv, {std::string(name(report.by)), "errand", "count"});
    for (const auto& row : report.rows)
        base::addCsvLine(csv, {base::csvCell(row.key), row.errand, std::to_string(row.count)});
    return csv;
}

}  // namespace tram::gateway
