#include "ui/screens/Parts.h"
#include "ui/screens/SurveyScreen.h"

namespace tram::screens {

using namespace kit;

std::string SurveyScreen::answerText(const form::Question& question) const {
    const auto& answers = flow_.answers();
    const auto& language = host_.session().language;
    if (!answers.has(question.id)) return host_.tr("survey.check.none");
    if (const auto* number = answers.number(question.id)) {
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
