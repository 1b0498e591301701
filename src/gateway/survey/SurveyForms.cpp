#include "gateway/survey/SurveyForms.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "gateway/storage/Sql.h"
#include "pack/PackFile.h"
#include "store/Database.h"
#include "strict/Json.h"

namespace tram::gateway {

using base::Result;

namespace {

constexpr const char* kKind = "survey";
constexpr std::size_t kMaxSurveys = 1'000, kMaxFields = 256 * 1024;
constexpr std::chrono::minutes kAgain{1};

struct Published {
    std::string survey, form, until;
};

std::string textIn(const nlohmann::json& fields, const char* member) {
    const auto found = fields.find(member);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct Found {
    std::vector<Published> forms;
    bool whole = true;  ///< every pack could be read
};

/// What is no form, no kiosk shows either.
void addForms(const pack::PackFile& pack, std::vector<Published>& found) {
    for (const auto& listed : pack.list({.kind = kKind, .limit = kMaxSurveys})) {
        const auto fields = strict::parseJson(listed.entry.fields, kMaxFields);
        if (!fields || !fields->is_object()) continue;
        auto text = textIn(*fields, "form");
        if (form::Form::parse(text))
            found.push_back({listed.entry.id, std::move(text), textIn(*fields, "until")});
    }
}

/// A pack is trusted to be what was signed, not that its disk still reads (as content::City).
Result<void> readPack(const std::filesystem::path& path, std::vector<Published>& found) {
    try {
        const auto pack = pack::PackFile::open(path);
        if (!pack) return tl::unexpected(pack.error());
        return store::Database::guarded([&] { addForms(*pack, found); });
    } catch (const std::exception&) {  // a size that a spoilt byte has made absurd
        return base::fail(base::ProblemKind::StoreDamaged);
    }
}

Found formsIn(const std::vector<std::filesystem::path>& packs) {
    Found found;
    for (const auto& path : packs) {
        const auto read = readPack(path, found.forms);
        if (!read) base::log::problem("surveys.pack_unreadable", read.error());
        found.whole = found.whole && read;
    }
    return found;
}

void write(SQLite::Database& db, const Found& found, base::WallTime now) {
    const auto hour = sql::millis(base::coarseToHour(now));
    if (found.whole)
        sql::exec(db, "UPDATE survey_forms SET current = 0, ended_at = ? WHERE current = 1", hour);
    for (const auto& [survey, form, until] : found.forms)
        sql::exec(db, R"sql(INSERT INTO survey_forms (hash, survey, form, learned_at, current, until)
            VALUES (?1, ?2, ?3, ?4, 1, ?5)
            ON CONFLICT (survey, hash) DO UPDATE SET current = 1, ended_at = NULL, until = excluded.until)sql",
                  form::hashOf(form), survey, form, hour, until);
}

std::optional<SurveyForms::Known> knownFrom(SQLite::Statement& row) {
    auto form = form::Form::parse(row.getColumn(2).getString());
    if (!form) return {};
    SurveyForms::Known known{row.getColumn(0).getString(), row.getColumn(1).getString(), std::move(*form),
                             row.getColumn(3).getString()};
    if (!row.getColumn(4).isNull()) known.endedAt = sql::wall(row.getColumn(4).getInt64());
    return known;
}

constexpr const char* kLatest = R"sql(SELECT survey, hash, form, until, ended_at FROM survey_forms
    WHERE survey = ? ORDER BY current DESC, learned_at DESC, hash LIMIT 1)sql";

}  // namespace

std::optional<base::WallTime> SurveyForms::Known::end() const {
    base::WallTime day;
    if (!base::fromRfc3339(until + "T00:00:00+07:00", day)) return {};
    return day + std::chrono::days(1);
}

std::optional<base::WallTime> SurveyForms::Known::closed() const {
    const auto after = end();
    if (!endedAt) return after;
    const auto ended = *endedAt + std::chrono::hours(1);
    return after ? std::min(*after, ended) : ended;
}

bool SurveyForms::isFollowed(const std::vector<std::filesystem::path>& packs, base::WallTime now) const {
    if (packs != seen_) return false;
    return !unread_ || (*unread_ <= now && now < *unread_ + kAgain);
}

Result<void> SurveyForms::follow(base::WallTime now) {
    if (!packs_) return {};
    const std::lock_guard lock(mutex_);
    const auto packs = packs_();
    if (isFollowed(packs, now)) return {};
    const auto found = formsIn(packs);
    auto written = reports_.write([&](SQLite::Database& db) -> Result<void> {
        write(db, found, now);
        return {};
    });
    if (!written) return written;
    seen_ = packs;
    unread_ = found.whole ? std::nullopt : std::optional(now);
    return {};
}

template <class... Values>
Result<std::optional<SurveyForms::Known>> SurveyForms::look(const char* query, const Values&... values) {
    return reports_.read([&](SQLite::Database& db) -> Result<std::optional<Known>> {
        auto row = sql::query(db, query, values...);
        return row.executeStep() ? knownFrom(row) : std::nullopt;
    });
}

Result<std::optional<SurveyForms::Known>> SurveyForms::find(const std::string& survey,
                                                            const std::string& hash, base::WallTime now) {
    constexpr const char* kOne =
        "SELECT survey, hash, form, until, ended_at FROM survey_forms WHERE survey = ? AND hash = ?";
    auto known = look(kOne, survey, hash);
    if (!known || *known) return known;
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(kOne, survey, hash);
}

Result<std::optional<SurveyForms::Known>> SurveyForms::latest(const std::string& survey, base::WallTime now) {
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(kLatest, survey);
}

Result<std::optional<SurveyForms::Known>> SurveyForms::latest(const std::string& survey) {
    return look(kLatest, survey);
}

Result<std::vector<SurveyForms::Known>> SurveyForms::all() {
    return reports_.read([](SQLite::Database& db) -> Result<std::vector<Known>> {
        std::vector<Known> all;
        auto rows = sql::query(db, R"sql(SELECT survey, hash, form, until, ended_at FROM survey_forms
            ORDER BY survey, current DESC, learned_at DESC, hash)sql");
        while (rows.executeStep()) {
            if (!all.empty() && all.back().survey == rows.getColumn(0).getString()) continue;
            if (auto known = knownFrom(rows)) all.push_back(std::move(*known));
        }
        return all;
    });
}

}  // namespace tram::gateway
