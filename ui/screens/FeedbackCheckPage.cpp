#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Step;
using wire::Disclosure;

std::string FeedbackScreen::placeText() const {
    const auto& draft = flow_.draft();
    std::string place = draft.address.reveal();
    for (const auto& part : {wardName(host_.services(), draft.wardCode), draft.landmark.reveal()})
        if (!part.empty()) place += (place.empty() ? "" : ", ") + part;
    return place;
}

std::string FeedbackScreen::whoText() const {
    const auto& draft = flow_.draft();
    if (!draft.disclosure) return {};
    std::string who = host_.tr("feedback.who." + std::string(wire::name(*draft.disclosure)));
    for (const auto* part : {&draft.name, &draft.phone, &draft.email})
        if (!part->empty()) who += "\n" + part->reveal();
    return who;
}

ViewRef FeedbackScreen::checkRow(const char* key, const std::string& value, Step step) {
    const auto label = host_.tr(std::string("feedback.check.") + key);
    auto change = button({.id = std::string("edit.") + key,
                          .label = host_.tr("action.change"),
                          .icon = "edit",
                          .onPress = [this, step] { flow_.edit(step); },
                          .spoken = host_.tr("action.change") + ": " + label});
    return card(row({grow(column({paragraph(label, {.role = Type::Caption, .colour = Colour::Muted}),
                                  plainText(value)},
                                 {.gap = 8})),
                     change},
                    {.gap = 24, .flow = false}),
                {.padding = 28});
}

Page FeedbackScreen::checkPage() {
    const auto& draft = flow_.draft();
    const auto* field = flow_.field();
    const auto pictures =
        draft.pictures.empty()
            ? host_.tr("feedback.check.pictures.none")
            : host_.tr("feedback.check.pictures.count", {{"count", std::to_string(draft.pictures.size())}});
    const auto papers =
        host_.tr("feedback.check.papers.count", {{"count", std::to_string(draft.paperPages)}});
    return {.content = body(
                host_, "page.check",
                {stepTitle(Step::Check, "feedback.check.title"),
                 checkRow("field", field ? field->label.in(host_.session().language) : "", Step::Field),
                 checkRow("text", draft.text.reveal(), Step::Text),
                 checkRow("place", placeText(), Step::Place), checkRow("pictures", pictures, Step::Pictures),
                 draft.papers.empty() ? nullptr : checkRow("papers", papers, Step::Pictures),
                 checkRow("who", whoText(), Step::Who), muted(host_.tr("feedback.check.what"))}),
            .right = {primary("send", host_.tr("action.send"), "send", [this] {
                flow_.setLanguage(host_.session().language);
                flow_.send();
            })}};
}

}  // namespace tram::screens
