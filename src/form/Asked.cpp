#include "form/Asked.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/VietnameseText.h"

namespace tram::form {

namespace {

constexpr std::size_t kMaxTextBytes = 64 * 1024;

/// Goes through the questions in order: what a condition looks at has been decided before.
class Asking {
  public:
    Asking(const Form& form, const Answers& answers) : answers_(answers) {
        for (const auto& section : form.sections)
            for (const auto& question : section.questions)
                if (!question.when || holds(*question.when)) asked_.insert(question.id);
    }
    bool asks(const Question& question) const { return asked_.contains(question.id); }

  private:
    bool holds(const Condition& condition) const {
        using Test = Condition::Test;
        const auto part = [&](const Condition& each) { return holds(each); };
        if (condition.test == Test::All) return std::ranges::all_of(condition.parts, part);
        if (condition.test == Test::Any) return std::ranges::any_of(condition.parts, part);
        const bool answered = asked_.contains(condition.question) && answers_.has(condition.question);
        if (condition.test == Test::NotAnswered) return !answered;
        if (!answered) return false;
        if (condition.test == Test::Is) return answers_.chose(condition.question, condition.option);
        const auto* number = answers_.number(condition.question);
        const auto limit = static_cast<double>(condition.number);
        if (condition.test == Test::AtLeast) return number && *number >= limit;
        if (condition.test == Test::AtMost) return number && *number <= limit;
        return true;
    }

    const Answers& answers_;
    std::set<std::string, std::less<>> asked_;
};

std::optional<Wrong> wrongChoice(const Question& question, const std::vector<std::string>& chosen) {
    for (const auto& id : chosen)
        if (!question.option(id)) return Wrong::NoSuchOption;
    const auto count = static_cast<std::int64_t>(chosen.size());
    if (question.type == QuestionType::One) return count == 1 ? std::nullopt : std::optional(Wrong::TooMany);
    if (count < question.least) return Wrong::TooFew;
    if (count > question.most) return Wrong::TooMany;
    return {};
}

std::optional<Wrong> wrongNumber(const Question& question, double number) {
    if (question.whole && number != std::floor(number)) return Wrong::NotWhole;
    const bool inside =
        static_cast<double>(question.least) <= number && number <= static_cast<double>(question.most);
    return inside ? std::nullopt : std::optional(Wrong::OutOfRange);
}

std::optional<Wrong> wrongText(const Question& question, const std::string& text) {
    const bool fits =
        text.size() <= kMaxTextBytes && base::characters(text) <= static_cast<std::size_t>(question.most);
    return fits ? std::nullopt : std::optional(Wrong::TooLong);
}

std::optional<Wrong> wrongIn(const Question& question, const Answers& answers) {
    const auto* value = answers.find(question.id);
    if (!value) return question.required ? std::optional(Wrong::Missing) : std::nullopt;
    if (const auto* chosen = std::get_if<std::vector<std::string>>(value))
        return wrongChoice(question, *chosen);
    if (const auto* number = std::get_if<double>(value)) return wrongNumber(question, *number);
    return wrongText(question, std::get<base::SecretText>(*value).reveal());
}

std::vector<Issue> issuesOf(const std::vector<const Question*>& questions, const Answers& answers) {
    std::vector<Issue> all;
    for (const auto* question : questions)
        if (const auto wrong = wrongIn(*question, answers)) all.push_back({question->id, *wrong});
    return all;
}

}  // namespace

std::string_view name(Wrong wrong) {
    constexpr std::string_view kNames[] = {"missing",      "no_such_option", "too_few",   "too_many",
                                           "out_of_range", "not_number",     "not_whole", "too_long"};
    return kNames[static_cast<std::size_t>(wrong)];
}

std::vector<const Question*> visible(const Form& form, const Answers& answers) {
    const Asking asking(form, answers);
    auto all = form.questions();
    std::erase_if(all, [&](const Question* question) { return !asking.asks(*question); });
    return all;
}

std::vector<const Question*> visible(const Form& form, const Answers& answers, std::size_t section) {
    const Asking asking(form, answers);
    std::vector<const Question*> found;
    if (section >= form.sections.size()) return found;
    for (const auto& question : form.sections[section].questions)
        if (asking.asks(question)) found.push_back(&question);
    return found;
}

std::vector<Issue> issues(const Form& form, const Answers& answers) {
    return issuesOf(visible(form, answers), answers);
}

std::vector<Issue> issues(const Form& form, const Answers& answers, std::size_t section) {
    return issuesOf(visible(form, answers, section), answers);
}

}  // namespace tram::form
