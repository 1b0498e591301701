#include "gateway/survey/SurveyResults.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "gateway/storage/Sql.h"
#include "strict/Json.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using form::Answers;
using form::QuestionType;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxTallies = 1u << 20;

Tally emptyTally(const form::Question& question) {
    Tally tally{.question = &question};
    for (const auto& option : question.options) tally.bars.push_back({option.text});
    if (question.type == QuestionType::Scale)
        for (auto step = question.least; step <= question.most; ++step)
            tally.bars.push_back({{std::to_string(step), std::to_string(step)}});
    return tally;
}

/// Of one question, while it is being counted.
struct Counting {
    Tally tally;
    std::vector<double> numbers;

    void add(const Answers& answers);
    void finish();
};

void Counting::add(const Answers& answers) {
    const auto& question = *tally.question;
    bool answered = question.type == QuestionType::Text && !answers.text(question.id).empty();
    for (std::size_t at = 0; at < question.options.size(); ++at)
        if (answers.chose(question.id, question.options[at].id)) {
            ++tally.bars[at].count;
            answered = true;
        }
    const auto* number = answers.number(question.id);
    if (number && question.type == QuestionType::Number) numbers.push_back(*number);
    if (number && question.type == QuestionType::Scale) {
        const auto step = static_cast<std::int64_t>(*number) - question.least;
        if (step < 0 || step >= static_cast<std::int64_t>(tally.bars.size())) return;
        ++tally.bars[static_cast<std::size_t>(step)].count;
    }
    if (answered || (number && question.options.empty())) ++tally.answered;
}

void Counting::finish() {
    if (numbers.empty()) return;
    std::ranges::sort(numbers);
    const auto middle = numbers.size() / 2;
    const auto median =
        numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    const auto sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    tally.numbers =
        Tally::Numbers{numbers.front(), numbers.back(), sum / static_cast<double>(numbers.size()), median};
}

bool isCount(const json& value) {
    return value.is_number_integer() && value >= 0;
}

/// One question's, as talliesJson() writes it.
bool readTally(const json& kept, Tally& tally) {
    if (!kept.is_object() || kept.size() != 3 || !isCount(kept.value("answered", json()))) return false;
    const auto bars = kept.value("bars", json()), numbers = kept.value("numbers", json());
    if (!bars.is_array() || bars.size() != tally.bars.size() || !std::ranges::all_of(bars, isCount))
        return false;
    tally.answered = kept["answered"].get<std::int64_t>();
    for (std::size_t at = 0; at < bars.size(); ++at) tally.bars[at].count = bars[at].get<std::int64_t>();
    if (!numbers.is_array() || (!numbers.empty() && numbers.size() != 4)) return false;
    if (!std::ranges::all_of(numbers, [](const json& one) { return one.is_number(); })) return false;
    if (!numbers.empty())
        tally.numbers = Tally::Numbers{numbers[0].get<double>(), numbers[1].get<double>(),
                                       numbers[2].get<double>(), numbers[3].get<double>()};
    return true;
}

Result<SurveyForms::Known> inForce(const std::string& survey, SurveyForms& forms, base::WallTime now) {
    auto latest = forms.latest(survey, now);
    if (!latest) return tl::unexpected(latest.error());
    if (!*latest) return base::fail(ProblemKind::NotFound);
    return std::move(**latest);
}

struct Shown {
    std::string form, tallies;
    base::WallTime asOf;
    SurveyStore::Counts counts;
};

Result<std::optional<Shown>> shownOf(const std::string& survey, SharedDatabase& reports) {
    return reports.read([&](SQLite::Database& db) -> Result<std::optional<Shown>> {
        auto row = sql::query(db, R"sql(SELECT form, tallies, as_of, counted, repeated FROM survey_shown
            WHERE survey = ? AND form <> '')sql",
                              survey);
        if (!row.executeStep()) return std::nullopt;
        return Shown{row.getColumn(0).getString(),
                     row.getColumn(1).getString(),
                     sql::wall(row.getColumn(2).getInt64()),
                     {row.getColumn(3).getInt64(), row.getColumn(4).getInt64()}};
    });
}

}  // namespace

double Tally::mean() const {
    double sum = 0;
    for (std::size_t at = 0; at < bars.size(); ++at)
        sum += static_cast<double>(bars[at].count) *
               static_cast<double>(question->least + static_cast<std::int64_t>(at));
    return answered == 0 ? 0 : sum / static_cast<double>(answered);
}

Result<std::unique_ptr<SurveyResults>> countShown(const std::string& survey, SurveyForms& forms,
                                                  SurveyStore& store, base::WallTime now) {
    auto latest = inForce(survey, forms, now);
    if (!latest) return tl::unexpected(latest.error());
    auto results = std::make_unique<SurveyResults>(SurveyResults{std::move(*latest), {}, {}, {}});
    std::vector<Counting> all;
    for (const auto* question : results->survey.form.questions()) all.push_back({emptyTally(*question), {}});
    FormsRead read(forms, survey, now);
    const auto done = store.each(survey, SurveyStore::Which::Shown, [&](const SurveyStore::Row& row) {
        ++results->counts.counted;
        if (const auto answers = read.answers(row))
            for (auto& one : all) one.add(*answers);
    });
    if (!done) return tl::unexpected(done.error());
    for (auto& one : all) {
        one.finish();
        results->tallies.push_back(std::move(one.tally));
    }
    return results;
}

Result<std::unique_ptr<SurveyResults>> surveyResults(const std::string& survey, SurveyForms& forms,
                                                     SharedDatabase& reports, base::WallTime now) {
    auto latest = inForce(survey, forms, now);
    if (!latest) return tl::unexpected(latest.error());
    const auto shown = shownOf(survey, reports);
    if (!shown) return tl::unexpected(shown.error());
    auto results = std::make_unique<SurveyResults>(SurveyResults{std::move(*latest), {}, {}, {}});
    if (!*shown) return results;
    if ((*shown)->form != results->survey.hash) {
        auto counted = forms.find(survey, (*shown)->form, now);
        if (!counted) return tl::unexpected(counted.error());
        if (!*counted) return base::fail(ProblemKind::StoreDamaged);
        results->survey.form = std::move((*counted)->form);
    }
    auto tallies = readTallies(results->survey.form, (*shown)->tallies);
    if (!tallies) return tl::unexpected(tallies.error());
    results->tallies = std::move(*tallies);
    results->asOf = (*shown)->asOf;
    results->counts = (*shown)->counts;
    return results;
}

std::string talliesJson(const SurveyResults& results) {
    json all = json::array();
    for (const auto& tally : results.tallies) {
        json bars = json::array(), numbers = json::array();
        for (const auto& bar : tally.bars) bars.push_back(bar.count);
        if (const auto& n = tally.numbers) numbers = {n->least, n->most, n->mean, n->median};
        all.push_back({{"answered", tally.answered}, {"bars", bars}, {"numbers", numbers}});
    }
    return strict::dumpJson(all);
}

Result<std::vector<Tally>> readTallies(const form::Form& form, const std::string& text) {
    const auto all = strict::parseJson(text, kMaxTallies);
    const auto questions = form.questions();
    if (!all || !all->is_array() || all->size() != questions.size())
        return base::fail(ProblemKind::StoreDamaged);
    std::vector<Tally> tallies;
    for (std::size_t at = 0; at < questions.size(); ++at) {
        tallies.push_back(emptyTally(*questions[at]));
        if (!readTally((*all)[at], tallies.back())) return base::fail(ProblemKind::StoreDamaged);
    }
    return tallies;
}

std::optional<Answers> FormsRead::answers(const SurveyStore::Row& row) {
    auto found = read_.find(row.form);
    if (found == read_.end()) {
        auto known = forms_.find(survey_, row.form, now_);
        auto form = known && *known ? std::optional(std::move((*known)->form)) : std::nullopt;
        found = read_.emplace(row.form, std::move(form)).first;
    }
    if (!found->second) return {};
    auto answers = Answers::parse(*found->second, row.answers.reveal());
    return answers ? std::optional(std::move(*answers)) : std::nullopt;
}

}  // namespace tram::gateway
