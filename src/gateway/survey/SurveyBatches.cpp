#include "gateway/survey/SurveyBatches.h"

#include <vector>

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

namespace {

struct Hour {
    base::WallTime begins;
    std::int64_t answers = 0;
};

/// What has come and is not shown, by hour.
std::vector<Hour> waiting(SQLite::Database& db, const std::string& survey) {
    std::vector<Hour> hours;
    auto rows = sql::query(db, R"sql(SELECT hour, count(*) FROM survey_answers
        WHERE survey = ? AND counted = 1 AND shown = 0 GROUP BY hour ORDER BY hour)sql",
                           survey);
    while (rows.executeStep())
        hours.push_back({sql::wall(rows.getColumn(0).getInt64()), rows.getColumn(1).getInt64()});
    return hours;
}

std::int64_t number(SQLite::Database& db, const char* query, const std::string& survey) {
    auto row = sql::query(db, query, survey);
    return row.executeStep() ? row.getColumn(0).getInt64() : 0;
}

/// The end of the last hour that may be shown, which is over, as others have come after it; nothing when
/// there is none. Once the survey is over, all.
std::optional<base::WallTime> cut(const std::vector<Hour>& hours, std::int64_t least, bool over) {
    std::int64_t after = 0, before = 0;
    for (const auto& hour : hours) after += hour.answers;
    std::optional<base::WallTime> found;
    for (const auto& hour : hours) {
        before += hour.answers;
        after -= hour.answers;
        const auto ends = hour.begins + std::chrono::hours(1);
        const bool whole = least == 1 || over || after >= least;
        if (whole && before >= least) found = ends;
    }
    return found;
}

}  // namespace

bool SurveyBatches::isOver(const SurveyForms::Known& survey, base::WallTime now) const {
    const auto closed = survey.closed();
    return closed && *closed + rule_.late <= now;
}

Result<void> SurveyBatches::close(base::WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto all = forms_.all();
    if (!all) return tl::unexpected(all.error());
    for (const auto& survey : *all)
        if (auto closed = close(survey, now); !closed) return closed;
    return {};
}

Result<void> SurveyBatches::close(const SurveyForms::Known& survey, base::WallTime now) {
    const auto changed = mark(survey, now);
    if (!changed) return tl::unexpected(changed.error());
    return *changed ? count(survey.survey, now) : Result<void>();
}

/// Whether what is shown is to be counted anew: a batch more, as many erased as a batch has, or a power cut
/// between marking and counting.
Result<bool> SurveyBatches::mark(const SurveyForms::Known& survey, base::WallTime now) {
    const auto& id = survey.survey;
    return reports_.write([&](SQLite::Database& db) -> Result<bool> {
        const auto end = cut(waiting(db, id), rule_.least, isOver(survey, now));
        if (end) {
            sql::exec(db, R"sql(UPDATE survey_answers SET shown = 1
                WHERE survey = ? AND counted = 1 AND shown = 0 AND hour < ?)sql",
                      id, sql::millis(*end));
            sql::exec(db,
                      R"sql(INSERT INTO survey_shown (survey, form, as_of, counted, repeated, tallies, stale)
                VALUES (?1, '', ?2, 0, 0, '', 1) ON CONFLICT (survey) DO UPDATE SET as_of = ?2, stale = 1)sql",
                      id, sql::millis(std::min(*end, now)));
            return true;
        }
        const auto left = number(
            db, "SELECT count(*) FROM survey_answers WHERE survey = ? AND counted = 1 AND shown = 1", id);
        const auto told = number(db, "SELECT counted FROM survey_shown WHERE survey = ?", id);
        const auto stale = number(db, "SELECT stale FROM survey_shown WHERE survey = ?", id);
        return stale == 1 || (told > left && (left == 0 || told - left >= rule_.least));
    });
}

Result<void> SurveyBatches::count(const std::string& survey, base::WallTime now) {
    const auto results = countShown(survey, forms_, store_, now);
    if (!results) return tl::unexpected(results.error());
    const auto& counts = (*results)->counts;
    return reports_.write([&](SQLite::Database& db) -> Result<void> {
        if (counts.counted < rule_.least) {
            sql::exec(db, "DELETE FROM survey_shown WHERE survey = ?", survey);
            return {};
        }
        sql::exec(db, R"sql(UPDATE survey_shown SET form = ?, counted = ?, tallies = ?, stale = 0, repeated =
                (SELECT count(*) FROM survey_answers a
                 WHERE a.survey = survey_shown.survey AND a.counted = 0 AND a.hour < as_of)
            WHERE survey = ?)sql",
                  (*results)->survey.hash, counts.counted, talliesJson(**results), survey);
        return {};
    });
}

}  // namespace tram::gateway
