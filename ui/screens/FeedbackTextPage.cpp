#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Issue;
using feedback::Step;

Page FeedbackScreen::textPage() {
    const auto& language = host_.session().language;
    const auto* field = flow_.field();
    Views chips;
    for (std::size_t i = 0; field && i < field->sentences.size(); ++i)
        chips.push_back(button({.id = "sentence." + std::to_string(i),
                                .label = field->sentences[i].in(language),
                                .kind = ButtonKind::Chip,
                                .onPress = [this, i] {
                                    flow_.setLanguage(host_.session().language);
                                    flow_.addSentence(i);
                                    text_->set(flow_.draft().text.reveal());
                                }}));
    const auto max = number(static_cast<std::size_t>(flow_.fields().maxCharacters), language);
    auto area = textField(
        {.id = "text",
         .model = text_,
         .placeholder = host_.tr("feedback.text.placeholder"),
         .multiline = true,
         .minLines = wordsLines(host_),
         .error = text_->full() ? host_.tr("issue.text_too_long", {{"max", max}})
                                : issueText({Issue::TextTooShort, Issue::TextTooLong}),
         .hint = host_.tr("feedback.text.help", {{"min", std::to_string(flow_.fields().minCharacters)}}),
         .counter = host_.tr("feedback.text.count",
                             {{"count", number(text_->characters(), language)}, {"max", max}}),
         .spoken = host_.tr("feedback.text.label")});
    return {
        .content = body(host_, "page.text",
                        {stepTitle(Step::Text, "feedback.text.title"),
                         muted(field ? field->label.in(language) : ""), wrap(std::move(chips)), grow(area)}),
        .right = {nextButton()},
        .fields = {{"text", {text_, KeyboardLayout::Vietnamese}}},
        .focus = "text"};
}

}  // namespace tram::screens
