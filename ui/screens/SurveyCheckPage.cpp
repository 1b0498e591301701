#include "ui/screens/Parts.h"
#include "ui/screens/SurveyScreen.h"

namespace tram::screens {

using namespace kit;

/// A number alone does not say which end is the good one.
std::string SurveyScreen::scaleText(const form::Question& question, std::int64_t value) const {
    const auto said = [&](std::int64_t number) {
        return host_.tr("survey.check.scale",
                        {{"value", std::to_string(number)}, {"most", std::to_string(question.most)}});
    };
    const auto end = [&](std::int64_t number, const std::string& label) {
        return std::to_string(number) + " – " + label;
    };
    const auto low = words(question.leastLabel), high = words(question.mostLabel);
    const auto own = value == question.least ? low : value == question.most ? high : std::string();
    if (!own.empty()) return said(value) + " – " + own;
    std::string ends = low.empty() ? "" : end(question.least, low);
    if (!high.empty()) ends += (ends.empty() ? "" : "; ") + end(question.most, high);
    return ends.empty() ? said(value) : said(value) + " (" + ends + ")";
}

std::string SurveyScreen::answerText(const form::Question& question) const {
    const auto& answers = flow_.answers();
    const auto& language = host_.session().language;
    if (!answers.has(question.id)) return host_.tr("survey.check.none");
    if (const auto* number = answers.number(question.id)) {
        if (question.type == form::QuestionType::Scale)
            return scaleText(question, static_cast<std::int64_t>(*number));
        const auto text = form::numberText(*number, language);
        const auto& unit = words(question.unit);
        return unit.empty() ? text : text + " " + unit;
    }
    std::string chosen;
    for (const auto& option : question.options)
        if (answers.chose(question.id, option.id))
            chosen += (chosen.empty() ? "" : "\n") + words(option.text);
    return chosen.empty() ? answers.text(question.id) : chosen;
}

/// All answers once more; a section's are changed together, where their questions stand.
Page SurveyScreen::checkPage() {
    Views rows{title(host_.tr("survey.check.title"))};
    for (const auto section : flow_.sections()) {
        const auto& own = words(flow_.form().sections[section].title);
        const auto name = own.empty() ? words(flow_.form().title) : own;
        Views parts{row({grow(plainText(name, {.role = Type::Heading, .heading = true})),
                         button({.id = "edit." + std::to_string(section),
                                 .label = host_.tr("action.change"),
                                 .icon = "edit",
                                 .onPress = [this, section] { flow_.edit(section); },
                                 .spoken = host_.tr("action.change") + ": " + name})},
                        {.gap = 24, .flow = false})};
        for (const auto* question : flow_.questions(section))
            parts.push_back(
                column({plainText(words(question->text), {.role = Type::Caption, .colour = Colour::Muted}),
                        plainText(answerText(*question))},
                       {.gap = 4}));
        rows.push_back(card(column(std::move(parts), {.gap = 18}), {.padding = 28}));
    }
    const bool isSigned = flow_.form().identity == form::Identity::Signed;
    rows.push_back(muted(host_.tr(isSigned ? "survey.check.signed" : "survey.check.anonymous")));
    return {.content = body(host_, "page.check", std::move(rows)),
            .right = {primary("send", host_.tr("action.send"), "send", [this] {
                flow_.setLanguage(host_.session().language);
                flow_.send();
            })}};
}

}  // namespace tram::screens
