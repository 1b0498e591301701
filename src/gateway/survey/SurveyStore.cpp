#include "gateway/survey/SurveyStore.h"

#include <algorithm>

#include "form/Asked.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;
using form::Identity;
using Wrong = SurveyStore::Wrong;

namespace {

constexpr std::int64_t kRound = 500;

bool needsProof(const form::Form& form) {
    return form.once && form.identity == Identity::Anonymous;
}

std::string placeOf(const form::Form& form, const std::string& question) {
    const auto all = form.questions();
    for (std::size_t at = 0; at < all.size(); ++at)
        if (all[at]->id == question) return "questions[" + std::to_string(at) + "]";
    return "";
}

std::optional<Wrong> wrongAnswers(const form::Form& form, const base::SecretText& json) {
    const auto answers = form::Answers::parse(form, json.reveal());
    if (!answers) return Wrong{"answers", std::string(answers.error().fact("key"))};
    const auto issues = form::issues(form, *answers);
    if (issues.empty()) return {};
    return Wrong{"answers", placeOf(form, issues.front().question)};
}

/// What makes it count once, as a hash: 128 random bits need no key, and a subject is a keyed one already.
std::string spentBy(const SurveyStore::Arrived& arrived, bool oncePerPerson) {
    const auto what =
        oncePerPerson ? "person\n" + arrived.subject : "token\n" + arrived.answer.token.reveal();
    return crypto::sha256Hex(crypto::view(what));
}

bool spend(SQLite::Database& db, const std::string& survey, const std::string& what) {
    return sql::exec(db, "INSERT OR IGNORE INTO survey_spent (survey, spent) VALUES (?, ?)", survey, what) ==
           1;
}

void addOne(SQLite::Database& db, const SurveyStore::Arrived& arrived, bool oncePerPerson) {
    const auto& [id, answer, subject, receivedAt] = arrived;
    if (sql::query(db, "SELECT 1 FROM survey_answers WHERE id = ?", id.text()).executeStep()) return;
    const bool first = spend(db, answer.survey, spentBy(arrived, oncePerPerson));
    sql::exec(db, R"sql(INSERT INTO survey_answers (id, survey, form, hour, counted, name, answers)
        VALUES (?, ?, ?, ?, ?, ?, ?))sql",
              id.text(), answer.survey, answer.formHash, sql::millis(base::coarseToHour(receivedAt)),
              first ? 1 : 0, first ? answer.name.reveal() : std::string(),
              first ? answer.answersJson.reveal() : std::string());
}

}  // namespace

/// A survey ends with its day: who answered before may be late with it by `late_`. A form ends with the next
/// one, of which stations without a line know nothing yet: they have as long, but not to get around what the
/// next one asks of whoever answers.
Result<std::optional<Wrong>> SurveyStore::tooLate(const SurveyForms::Known& known, Times times) {
    times.answered = std::min(times.answered, times.received);
    Result<std::optional<SurveyForms::Known>> latest;
    if (known.endedAt) latest = forms_.latest(known.survey);
    if (!latest) return tl::unexpected(latest.error());
    const auto& inForce = *latest ? **latest : known;
    if (const auto end = inForce.end(); end && (times.answered >= *end || times.received >= *end + late_))
        return Wrong{"over", ""};
    if (!known.endedAt) return std::nullopt;
    const auto end = *known.endedAt + std::chrono::hours(1);
    const bool otherRule =
        inForce.form.once != known.form.once || inForce.form.identity != known.form.identity;
    if (times.received >= end + late_ || (otherRule && times.answered >= end))
        return Wrong{"former_form", ""};
    return std::nullopt;
}

Result<std::optional<Wrong>> SurveyStore::judge(const wire::SurveyAnswer& answer, const Times& times) {
    const auto known = forms_.find(answer.survey, answer.formHash, times.received);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return Wrong{"unknown_form", ""};
    const auto late = tooLate(**known, times);
    if (!late || *late) return late;
    const auto& form = (*known)->form;
    if ((form.identity == Identity::Signed) == answer.subject.empty()) return Wrong{"person", ""};
    if (needsProof(form) == answer.proof.empty()) return Wrong{"token", ""};
    if (needsProof(form) && !tokens_.isOurs(answer.survey, answer.token, answer.proof))
        return Wrong{"token", ""};
    return wrongAnswers(form, answer.answersJson);
}

Result<void> SurveyStore::add(const std::vector<Arrived>& answers) {
    std::vector<bool> oncePerPerson;
    for (const auto& each : answers) {
        const auto known = forms_.find(each.answer.survey, each.answer.formHash, each.receivedAt);
        if (!known) return tl::unexpected(known.error());
        oncePerPerson.push_back(*known && (*known)->form.once && (*known)->form.identity == Identity::Signed);
    }
    return reports_.write([&](SQLite::Database& db) -> Result<void> {
        for (std::size_t at = 0; at < answers.size(); ++at) addOne(db, answers[at], oncePerPerson[at]);
        return {};
    });
}

Result<SurveyStore::Counts> SurveyStore::counts(const std::string& survey) {
    return reports_.read([&](SQLite::Database& db) -> Result<Counts> {
        auto row = sql::query(db, R"sql(SELECT coalesce(sum(counted), 0), coalesce(sum(1 - counted), 0)
            FROM survey_answers WHERE survey = ?)sql",
                              survey);
        row.executeStep();
        return Counts{row.getColumn(0).getInt64(), row.getColumn(1).getInt64()};
    });
}

Result<void> SurveyStore::each(const std::string& survey, Which which,
                               const std::function<void(const Row&)>& take) {
    const int least = which == Which::Shown ? 1 : 0;
    for (std::string after;;) {
        const auto rows = reports_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
            std::vector<Row> round;
            auto found = sql::query(db, R"sql(SELECT id, form, name, hour, answers FROM survey_answers
                WHERE survey = ? AND counted = 1 AND shown >= ? AND id > ? ORDER BY id LIMIT ?)sql",
                                    survey, least, after, kRound);
            while (found.executeStep())
                round.push_back({found.getColumn(0).getString(), found.getColumn(1).getString(),
                                 found.getColumn(2).getString(), sql::wall(found.getColumn(3).getInt64()),
                                 base::SecretText(found.getColumn(4).getString())});
            return round;
        });
        if (!rows) return tl::unexpected(rows.error());
        for (const auto& row : *rows) take(row);
        if (rows->size() < static_cast<std::size_t>(kRound)) return {};
        after = rows->back().id;
    }
}

}  // namespace tram::gateway
