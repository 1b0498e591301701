#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
using feedback::Step;

Page FeedbackScreen::fieldPage() {
    const auto& language = host_.session().language;
    Views tiles;
    int index = 0;
    for (const auto& field : flow_.fields().fields) {
        // Red is left out: it means danger, which no field does.
        const auto pair = static_cast<TilePair>(1 + index++ % (static_cast<int>(TilePair::Count) - 1));
        tiles.push_back(tile({.id = "field." + field.id,
                              .icon = field.icon,
                              .pair = pair,
                              .title = field.label.in(language),
                              .hint = largeText(host_) ? "" : field.hint.in(language),
                              .selected = field.id == flow_.draft().fieldId,
                              .onPress = [this, id = field.id] { flow_.chooseField(id); },
                              .compact = true}));
    }
    auto heading = stepTitle(Step::Field, "feedback.field.title");
    auto danger = dangerBanner(host_, "feedback.field.danger");
    auto complaints =
        banner({.mood = Mood::Info, .icon = "gavel", .text = host_.tr("feedback.field.complaints")});
    auto subjects = grid(host_.theme().portrait() ? 2 : 3, std::move(tiles), {.gap = 20, .minWidth = 380});
    auto source = sourceLine(host_, flow_.fields().source, flow_.fields().publishedAt);
    // However large the letters: something to choose stands in sight.
    if (largeText(host_))
        return {.content = body(host_, "page.field",
                                {heading, danger, papers(false), subjects, complaints, source})};
    auto what = muted(host_.tr("feedback.field.what"));
    return {.content = body(host_, "page.field",
                            {heading, danger, papers(false), complaints, what, subjects, source})};
}

}  // namespace tram::screens
