#include "gateway/survey/SurveyForms.h"

#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "gateway/storage/Sql.h"
#include "pack/PackFile.h"
#include "strict/Json.h"

namespace tram::gateway {

using base::Result;

namespace {

constexpr const char* kKind = "survey";
constexpr std::size_t kMaxSurveys = 1'000, kMaxFields = 256 * 1024;

struct Published {
    std::string survey, form;
};

/// What is no form, no kiosk shows either.
void addForms(const pack::PackFile& pack, std::vector<Published>& found) {
    for (const auto& listed : pack.list({.kind = kKind, .limit = kMaxSurveys})) {
        const auto fields = strict::parseJson(listed.entry.fields, kMaxFields);
        if (!fields || !fields->is_object() || !fields->contains("form") || !(*fields)["form"].is_string())
            continue;
        auto text = (*fields)["form"].get<std::string>();
        if (form::Form::parse(text)) found.push_back({listed.entry.id, std::move(text)});
    }
}

std::vector<Published> formsIn(const std::vector<std::filesystem::path>& packs) {
    std::vector<Published> found;
    for (const auto& path : packs) {
        const auto pack = pack::PackFile::open(path);
        if (!pack) base::log::problem("surveys.pack_unreadable", pack.error());
        if (pack) addForms(*pack, found);
    }
    return found;
}

void write(SQLite::Database& db, const std::vector<Published>& found, base::WallTime now) {
    sql::exec(db, "UPDATE survey_forms SET current = 0 WHERE current = 1");
    for (const auto& [survey, form] : found)
        sql::exec(db, R"sql(INSERT INTO survey_forms (hash, survey, form, learned_at, current)
            VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT (hash) DO UPDATE SET current = 1, survey = ?2)sql",
                  form::hashOf(form), survey, form, sql::millis(base::coarseToHour(now)));
}

std::optional<SurveyForms::Known> knownFrom(SQLite::Statement& row) {
    auto form = form::Form::parse(row.getColumn(2).getString());
    if (!form) return {};
    return SurveyForms::Known{row.getColumn(0).getString(), row.getColumn(1).getString(), std::move(*form)};
}

}  // namespace

Result<void> SurveyForms::follow(base::WallTime now) {
    if (!packs_) return {};
    const std::lock_guard lock(mutex_);
    const auto packs = packs_();
    if (packs == seen_) return {};
    const auto found = formsIn(packs);
    auto written = reports_.write([&](SQLite::Database& db) -> Result<void> {
        write(db, found, now);
        return {};
    });
    if (written) seen_ = packs;
    return written;
}

Result<std::optional<SurveyForms::Known>> SurveyForms::look(const char* query, const std::string& value) {
    return reports_.read([&](SQLite::Database& db) -> Result<std::optional<Known>> {
        auto row = sql::query(db, query, value);
        return row.executeStep() ? knownFrom(row) : std::nullopt;
    });
}

Result<std::optional<SurveyForms::Known>> SurveyForms::find(const std::string& hash, base::WallTime now) {
    constexpr const char* kOne = "SELECT survey, hash, form FROM survey_forms WHERE hash = ?";
    auto known = look(kOne, hash);
    if (!known || *known) return known;
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(kOne, hash);
}

Result<std::optional<SurveyForms::Known>> SurveyForms::latest(const std::string& survey, base::WallTime now) {
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(R"sql(SELECT survey, hash, form FROM survey_forms WHERE survey = ?
        ORDER BY current DESC, learned_at DESC, hash LIMIT 1)sql",
                survey);
}

Result<std::vector<SurveyForms::Known>> SurveyForms::all() {
    return reports_.read([](SQLite::Database& db) -> Result<std::vector<Known>> {
        std::vector<Known> all;
        auto rows = sql::query(db, R"sql(SELECT survey, hash, form FROM survey_forms
            ORDER BY survey, current DESC, learned_at DESC, hash)sql");
        while (rows.executeStep()) {
            if (!all.empty() && all.back().survey == rows.getColumn(0).getString()) continue;
            if (auto known = knownFrom(rows)) all.push_back(std::move(*known));
        }
        return all;
    });
}

}  // namespace tram::gateway
