#include <algorithm>

#include "ui/screens/Parts.h"
#include "ui/screens/SurveyScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using form::Question;
using form::QuestionType;

namespace {

constexpr std::size_t kNumberLength = 20;
constexpr double kScaleStep = 80;  ///< reference pixels, at least

/// The number keys have neither a comma nor a minus.
bool plainNumber(const Question& question) {
    return question.type == QuestionType::Number && question.whole && question.least >= 0;
}

std::string viewOf(const Question& question) {
    return "q." + question.id;
}

}  // namespace

ViewRef SurveyScreen::heading(std::size_t section) const {
    const auto steps = flow_.sections();
    const auto& of = flow_.form();
    const auto& own = words(of.sections[section].title);
    const auto name = own.empty() ? words(of.title) : own;
    if (steps.size() < 2) return title(name);
    const auto at = std::ranges::find(steps, section) - steps.begin() + 1;
    return stepper({.title = name,
                    .label = host_.tr("survey.part", {{"part", std::to_string(at)},
                                                      {"parts", std::to_string(steps.size())}}),
                    .done = static_cast<int>(at),
                    .total = static_cast<int>(steps.size())});
}

ButtonOptions SurveyScreen::nextButton() {
    return primary("next", host_.tr("action.next"), "arrow_forward", [this] {
        if (flow_.next())
            host_.leaveField();
        else if (!flow_.issues().empty())
            host_.reveal("q." + flow_.issues().front().question);
    });
}

Page SurveyScreen::sectionPage(std::size_t section) {
    Page page{.right = {nextButton()}};
    Views rows{heading(section)};
    const auto steps = flow_.sections();
    const auto& form = flow_.form();
    if (!steps.empty() && section == steps.front()) {
        if (const auto& intro = words(form.intro); !intro.empty()) rows.push_back(plainText(intro));
        rows.push_back(banner(
            {.mood = Mood::Info,
             .icon = form.identity == form::Identity::Signed ? "badge" : "visibility_off",
             .text = host_.tr(form.identity == form::Identity::Signed ? "survey.signed" : "survey.anonymous"),
             .id = "identity"}));
    }
    for (const auto* question : flow_.questions(section))
        rows.push_back(this->question(*question, page.fields));
    page.content = body(host_, "page.section." + std::to_string(section), std::move(rows));
    return page;
}

/// One card for each: what is asked, how, and what is wrong with the answer.
ViewRef SurveyScreen::question(const Question& question, std::map<std::string, Field>& fields) {
    Views parts{plainText(words(question.text), {.role = Type::Heading, .heading = true})};
    std::string hint = words(question.help);
    if (!question.required) hint += (hint.empty() ? "" : " ") + host_.tr("survey.optional");
    if (question.type == QuestionType::Several && question.most < std::ssize(question.options))
        hint +=
            (hint.empty() ? "" : " ") + host_.tr("survey.most", {{"most", std::to_string(question.most)}});
    if (!hint.empty()) parts.push_back(plainText(hint, {.role = Type::Small, .colour = Colour::Muted}));
    // Above what it is about: a list of answers may go on below the page's edge.
    const bool own = question.type == QuestionType::Number || question.type == QuestionType::Text;
    if (const auto wrong = issueText(question); !wrong.empty() && !own) parts.push_back(errorLine(wrong));
    switch (question.type) {
        case QuestionType::One:
            parts.push_back(one(question));
            break;
        case QuestionType::Several:
            parts.push_back(several(question));
            break;
        case QuestionType::Scale:
            parts.push_back(scale(question));
            break;
        case QuestionType::Number:
        case QuestionType::Text:
            parts.push_back(typed(question, fields));
    }
    auto view = card(column(std::move(parts), {.gap = 18}), {.padding = 28});
    view->id = viewOf(question);
    return view;
}

/// A question that an answer has brought comes into sight.
void SurveyScreen::answer(const std::function<void()>& how) {
    const auto* on = std::get_if<survey::situation::Answering>(&flow_.state());
    if (!on) return;
    const auto section = on->section;
    const auto before = flow_.questions(section);
    how();
    for (const auto* question : flow_.questions(section))
        if (std::ranges::find(before, question) == before.end()) return host_.reveal(viewOf(*question));
}

ViewRef SurveyScreen::one(const Question& question) {
    Views all;
    for (const auto& option : question.options)
        all.push_back(choice(
            {.id = viewOf(question) + "." + option.id,
             .label = words(option.text),
             .selected = flow_.answers().chose(question.id, option.id),
             .onPress = [this, q = question.id, o = option.id] { answer([&] { flow_.choose(q, o); }); }}));
    return column(std::move(all), {.gap = 14});
}

ViewRef SurveyScreen::several(const Question& question) {
    Views all;
    for (const auto& option : question.options)
        all.push_back(check(
            {.id = viewOf(question) + "." + option.id,
             .label = words(option.text),
             .checked = flow_.answers().chose(question.id, option.id),
             .onPress = [this, q = question.id, o = option.id] { answer([&] { flow_.choose(q, o); }); }}));
    return column(std::move(all), {.gap = 14});
}

ViewRef SurveyScreen::scale(const Question& question) {
    const auto* chosen = flow_.answers().number(question.id);
    Views steps;
    for (auto value = question.least; value <= question.most; ++value) {
        const auto text = std::to_string(value);
        const auto& end = value == question.least  ? words(question.leastLabel)
                          : value == question.most ? words(question.mostLabel)
                                                   : std::string();
        steps.push_back(
            button({.id = viewOf(question) + "." + text,
                    .label = text,
                    .selected = chosen && *chosen == static_cast<double>(value),
                    .onPress = [this, q = question.id,
                                value] { answer([&] { flow_.setScale(q, static_cast<int>(value)); }); },
                    .spoken = end.empty() ? text : text + ", " + end,
                    .close = true}));
    }
    const auto end = [this](const form::Bilingual& label) {
        return plainText(words(label), {.role = Type::Small, .colour = Colour::Muted});
    };
    const bool told = !words(question.leastLabel).empty() || !words(question.mostLabel).empty();
    const auto count = static_cast<int>(steps.size());
    return column({grid(count, std::move(steps), {.gap = 12, .minWidth = kScaleStep}),
                   told ? row({end(question.leastLabel), spacer(), end(question.mostLabel)}) : nullptr},
                  {.gap = 14});
}

std::shared_ptr<TextEdit> SurveyScreen::editOf(const Question& question) {
    auto& edit = edits_[question.id];
    if (edit) return edit;
    const bool number = question.type == QuestionType::Number;
    const auto style = host_.services().config.newToneStyle ? typing::ToneStyle::New : typing::ToneStyle::Old;
    edit = std::make_shared<TextEdit>(
        TextEdit::Options{.limit = number ? kNumberLength : static_cast<std::size_t>(question.most),
                          .multiline = !number,
                          .accept = plainNumber(question) ? Accept::Number : Accept::Text,
                          .typing = {.toneStyle = style}});
    edit->onChange = [this, id = question.id, number, typed = edit.get()] {
        if (number)
            flow_.setNumber(id, typed->text());
        else
            flow_.setText(id, typed->text());
    };
    return edit;
}

ViewRef SurveyScreen::typed(const Question& question, std::map<std::string, Field>& fields) {
    const auto edit = editOf(question);
    const bool number = question.type == QuestionType::Number;
    const auto id = viewOf(question) + ".field";
    fields.emplace(id,
                   Field{edit, plainNumber(question) ? KeyboardLayout::Number : KeyboardLayout::Vietnamese});
    const auto& language = host_.session().language;
    return textField(
        {.id = id,
         .model = edit,
         .multiline = !number,
         .minLines = number ? 1 : wordsLines(host_),
         .error = issueText(question),
         .hint = number ? words(question.unit) : std::string(),
         .counter =
             number ? std::string()
                    : host_.tr("feedback.text.count",
                               {{"count", screens::number(edit->characters(), language)},
                                {"max", screens::number(static_cast<std::size_t>(question.most), language)}}),
         .spoken = words(question.text)});
}

std::string SurveyScreen::issueText(const Question& question) const {
    const auto found = std::ranges::find(flow_.issues(), question.id, &form::Issue::question);
    if (found == flow_.issues().end()) return {};
    return host_.tr("survey.issue." + std::string(form::name(found->wrong)),
                    {{"least", std::to_string(question.least)}, {"most", std::to_string(question.most)}});
}

}  // namespace tram::screens
