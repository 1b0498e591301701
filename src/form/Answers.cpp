#include "form/Answers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/VietnameseText.h"
#include "form/Asked.h"
#include "strict/Json.h"
#include "strict/Scrub.h"

namespace tram::form {

namespace {

using base::ProblemKind;
using nlohmann::json;
using Chosen = std::vector<std::string>;

constexpr double kFarthest = static_cast<double>(Form::kMaxNumber);
constexpr int kMaxDecimals = 2;

bool isOptions(const json& value) {
    return value.is_array() && !value.empty() && value.size() <= Form::kMaxOptions &&
           std::ranges::all_of(value, [](const json& item) { return item.is_string(); });
}

/// As set() would have it: each once, in the form's order.
bool inOrder(const Question& question, const Chosen& chosen) {
    std::size_t next = 0;
    for (const auto& option : question.options)
        if (next < chosen.size() && chosen[next] == option.id) ++next;
    return next == chosen.size();
}

std::optional<Value> readChosen(const Question& question, const json& value) {
    Chosen chosen;
    if (question.type == QuestionType::One && value.is_string())
        chosen.push_back(value.get<std::string>());
    else if (question.type == QuestionType::Several && isOptions(value))
        chosen = value.get<Chosen>();
    if (chosen.empty() || !inOrder(question, chosen)) return {};
    return Value(std::move(chosen));
}

/// Hundredths are the finest there is, as far as a double tells.
std::optional<Value> readAmount(const json& value) {
    if (!value.is_number()) return {};
    const auto number = value.get<double>();
    if (!std::isfinite(number) || std::abs(number) > kFarthest) return {};
    if (std::round(number * 100) / 100 != number) return {};
    return Value(number);
}

std::optional<Value> readText(const json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (!text || text->empty() || base::clean(*text, true) != *text) return {};
    return Value(base::SecretText(*text));
}

std::optional<Value> readAnswer(const Question& question, const json& value) {
    if (!question.options.empty()) return readChosen(question, value);
    return question.type == QuestionType::Text ? readText(value) : readAmount(value);
}

json numberJson(double number) {
    if (number == std::floor(number)) return static_cast<std::int64_t>(number);
    return number;
}

json jsonOf(const Question& question, const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return numberJson(*number);
    if (const auto* text = std::get_if<base::SecretText>(&value)) return text->reveal();
    const auto& chosen = std::get<Chosen>(value);
    return question.type == QuestionType::One ? json(chosen.front()) : json(chosen);
}

bool isEmpty(const Value& value) {
    if (const auto* chosen = std::get_if<Chosen>(&value)) return chosen->empty();
    const auto* text = std::get_if<base::SecretText>(&value);
    return text && text->empty();
}

Value copyOf(const Value& value) {
    if (const auto* text = std::get_if<base::SecretText>(&value)) return text->copy();
    if (const auto* number = std::get_if<double>(&value)) return *number;
    return std::get<Chosen>(value);
}

tl::unexpected<base::Problem> refuse(std::size_t question) {
    return base::fail(ProblemKind::Malformed, {{"key", "questions[" + std::to_string(question) + "]"}});
}

}  // namespace

const Value* Answers::find(std::string_view question) const {
    const auto found = values_.find(question);
    return found == values_.end() ? nullptr : &found->second;
}

bool Answers::chose(std::string_view question, std::string_view option) const {
    const auto* value = find(question);
    const auto* chosen = value ? std::get_if<Chosen>(value) : nullptr;
    return chosen && std::ranges::find(*chosen, option) != chosen->end();
}

const double* Answers::number(std::string_view question) const {
    const auto* value = find(question);
    return value ? std::get_if<double>(value) : nullptr;
}

const std::string& Answers::text(std::string_view question) const {
    static const std::string kNone;
    const auto* value = find(question);
    const auto* text = value ? std::get_if<base::SecretText>(value) : nullptr;
    return text ? text->reveal() : kNone;
}

void Answers::set(const std::string& question, Value value) {
    if (isEmpty(value)) return clear(question);
    values_.insert_or_assign(question, std::move(value));
}

void Answers::clear(std::string_view question) {
    if (const auto found = values_.find(question); found != values_.end()) values_.erase(found);
}

Answers Answers::copy() const {
    Answers other;
    for (const auto& [question, value] : values_) other.values_.emplace(question, copyOf(value));
    return other;
}

base::SecretText Answers::toJson(const Form& form) const {
    strict::ScrubbedJson all(json::object());
    for (const auto* question : visible(form, *this))
        if (const auto* value = find(question->id)) all.value[question->id] = jsonOf(*question, *value);
    return base::SecretText(strict::dumpJson(all.value));
}

base::Result<Answers> Answers::parse(const Form& form, std::string_view text) {
    auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const strict::ScrubbedJson body(std::move(*parsed));
    if (!body.value.is_object()) return base::fail(ProblemKind::Malformed, {{"key", "."}});
    Answers answers;
    const auto questions = form.questions();
    for (std::size_t at = 0; at < questions.size(); ++at) {
        const auto found = body.value.find(questions[at]->id);
        if (found == body.value.end()) continue;
        auto value = readAnswer(*questions[at], *found);
        if (!value) return refuse(at);
        answers.values_.emplace(questions[at]->id, std::move(*value));
    }
    if (answers.size() != body.value.size())
        return base::fail(ProblemKind::Malformed, {{"detail", "unknown_member"}});
    const auto asked = visible(form, answers);
    for (std::size_t at = 0; at < questions.size(); ++at)
        if (answers.has(questions[at]->id) && std::ranges::find(asked, questions[at]) == asked.end())
            return refuse(at);
    return answers;
}

std::optional<double> readNumber(std::string_view typed) {
    std::string text = base::clean(typed);
    std::ranges::replace(text, ',', '.');
    const auto digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
    const auto point = digits.find('.');
    const auto whole = digits.substr(0, point);
    const auto decimals = point == digits.npos ? std::string_view() : digits.substr(point + 1);
    const auto all = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) { return '0' <= c && c <= '9'; });
    };
    if (whole.empty() || whole.size() > 13 || !all(whole) || !all(decimals) || decimals.size() > kMaxDecimals)
        return {};
    if (point != digits.npos && decimals.empty()) return {};
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (std::abs(number) > kFarthest) return {};
    return number;
}

std::string numberText(double number, std::string_view lang) {
    auto text = numberJson(number).dump();
    if (lang != "en") std::ranges::replace(text, '.', ',');
    return text;
}

}  // namespace tram::form
