#include "gateway/survey/SurveyForms.h"

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

struct Read {
    std::vector<Published> forms;
    bool whole = true;  ///< false: a pack could not be read, or not to its end
};

/// What was published is trusted to be what was signed, not that its disk still reads.
Read formsIn(const std::vector<std::filesystem::path>& packs) {
    Read read;
    for (const auto& path : packs) {
        const auto pack = pack::PackFile::open(path);
        bool whole = false;
        if (!pack) base::log::problem("surveys.pack_unreadable", pack.error());
        try {
            if (pack) whole = store::Database::guarded([&] { addForms(*pack, read.forms); }).has_value();
        } catch (const std::exception&) {  // a size that a spoilt byte has made absurd
            whole = false;
        }
        read.whole = read.whole && whole;
    }
    return read;
}

/// Those of a pack that cannot be read just now stay in force.
void write(SQLite::Database& db, const Read& read, base::WallTime now) {
    if (read.whole) sql::exec(db, "UPDATE survey_forms SET current = 0 WHERE current = 1");
    for (const auto& [survey, form] : read.forms)
        sql::exec(db, R"sql(INSERT INTO survey_forms (survey, hash, form, learned_at, current)
            VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT (survey, hash) DO UPDATE SET current = 1)sql",
                  survey, form::hashOf(form), form, sql::millis(base::coarseToHour(now)));
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
    const auto read = formsIn(packs);
    auto written = reports_.write([&](SQLite::Database& db) -> Result<void> {
        write(db, read, now);
        return {};
    });
    if (written && read.whole) seen_ = packs;
    return written;
}

/// The latest of a survey, or the one of that hash.
Result<std::optional<SurveyForms::Known>> SurveyForms::look(const std::string& survey,
                                                            const std::string& hash) {
    return reports_.read([&](SQLite::Database& db) -> Result<std::optional<Known>> {
        auto row = sql::query(db, R"sql(SELECT survey, hash, form FROM survey_forms
            WHERE survey = ?1 AND (?2 = '' OR hash = ?2) ORDER BY current DESC, learned_at DESC, hash LIMIT 1)sql",
                              survey, hash);
        return row.executeStep() ? knownFrom(row) : std::nullopt;
    });
}

Result<std::optional<SurveyForms::Known>> SurveyForms::find(const std::string& survey,
                                                            const std::string& hash, base::WallTime now) {
    auto known = look(survey, hash);
    if (!known || *known) return known;
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(survey, hash);
}

Result<std::optional<SurveyForms::Known>> SurveyForms::latest(const std::string& survey, base::WallTime now) {
    if (auto followed = follow(now); !followed) return tl::unexpected(followed.error());
    return look(survey, "");
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
