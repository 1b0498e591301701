#include "gateway/survey/SurveyResults.h"

#include <algorithm>
#include <numeric>

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using form::Answers;
using form::QuestionType;

namespace {

Tally emptyTally(const form::Question& question) {
    Tally tally{.question = &question};
    for (const auto& option : question.options) tally.bars.push_back({option.text});
    if (question.type == QuestionType::Scale)
        for (auto step = question.least; step <= question.most; ++step)
            tally.bars.push_back({{std::to_string(step), std::to_string(step)}});
    return tally;
}

void count(Tally& tally, const Answers& answers) {
    const auto& question = *tally.question;
    bool answered = question.type == QuestionType::Text && !answers.text(question.id).empty();
    for (std::size_t at = 0; at < question.options.size(); ++at)
        if (answers.chose(question.id, question.options[at].id)) {
            ++tally.bars[at].count;
            answered = true;
        }
    const auto* number = answers.number(question.id);
    if (number && question.type == QuestionType::Number) tally.numbers.push_back(*number);
    if (number && question.type == QuestionType::Scale) {
        const auto step = static_cast<std::int64_t>(*number) - question.least;
        if (step < 0 || step >= static_cast<std::int64_t>(tally.bars.size())) return;
        ++tally.bars[static_cast<std::size_t>(step)].count;
    }
    if (answered || (number && question.options.empty())) ++tally.answered;
}

double scaleMean(const Tally& tally) {
    double sum = 0;
    for (std::size_t at = 0; at < tally.bars.size(); ++at)
        sum += static_cast<double>(tally.bars[at].count) *
               static_cast<double>(tally.question->least + static_cast<std::int64_t>(at));
    return tally.answered == 0 ? 0 : sum / static_cast<double>(tally.answered);
}

}  // namespace

double Tally::mean() const {
    if (question->type == QuestionType::Scale) return scaleMean(*this);
    if (numbers.empty()) return 0;
    return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

double Tally::median() const {
    if (numbers.empty()) return 0;
    const auto middle = numbers.size() / 2;
    return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

Result<std::unique_ptr<SurveyResults>> surveyResults(const std::string& survey, SurveyForms& forms,
                                                     SurveyStore& store, base::WallTime now) {
    auto latest = forms.latest(survey, now);
    if (!latest) return tl::unexpected(latest.error());
    if (!*latest) return base::fail(ProblemKind::NotFound);
    const auto counts = store.counts(survey);
    if (!counts) return tl::unexpected(counts.error());
    auto results = std::make_unique<SurveyResults>(SurveyResults{std::move(**latest), *counts, {}});
    for (const auto* question : results->survey.form.questions())
        results->tallies.push_back(emptyTally(*question));
    FormsRead read(forms, survey, now);
    const auto done = store.each(survey, [&](const SurveyStore::Row& row) {
        if (const auto answers = read.answers(row))
            for (auto& tally : results->tallies) count(tally, *answers);
    });
    if (!done) return tl::unexpected(done.error());
    for (auto& tally : results->tallies) std::ranges::sort(tally.numbers);
    return results;
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
