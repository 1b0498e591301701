#include "ui/screens/GuideScreen.h"
#include "ui/screens/GuidesScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

namespace {

/// "not_done:ID" is for the phones that its trouble is for; what is none of the troubles is for all.
bool isForThisPhone(const form::GuideOutcome& outcome, const guide::GuideFlow& flow) {
    constexpr std::string_view kNotDone = "not_done:";
    const auto has = [&](const auto& id) { return outcome.id == std::string(kNotDone) + id; };
    const auto& all = flow.guide().troubles;
    return std::ranges::none_of(all, [&](const auto& trouble) { return has(trouble.id); }) ||
           std::ranges::any_of(flow.troubles(), [&](const auto* trouble) { return has(trouble->id); });
}

}  // namespace

/// One press says how it went: it is counted, not who said so.
Page GuideScreen::endPage() {
    Views good, notYet;
    for (const auto& outcome : flow_.guide().outcomes) {
        if (!isForThisPhone(outcome, flow_)) continue;
        const auto ends = [this, &outcome] { flow_.end(outcome); };
        if (outcome.good())
            good.push_back(
                wayRow("outcome." + outcome.id, "check_circle", TilePair::Green, words(outcome.label), ends));
        else
            notYet.push_back(button({.id = "outcome." + outcome.id,
                                     .label = words(outcome.label),
                                     .icon = "highlight_off",
                                     .kind = ButtonKind::Secondary,
                                     .onPress = ends,
                                     .wide = true}));
    }
    Views rows{title(host_.tr("guide.end.title")),
               check({.id = "helped",
                      .label = host_.tr("guide.end.helped"),
                      .checked = flow_.helped(),
                      .onPress = [this] { flow_.setHelped(!flow_.helped()); }})};
    for (auto& view : good) rows.push_back(std::move(view));
    rows.push_back(paragraph(host_.tr("guide.end.not_yet"), {.role = Type::Heading, .heading = true}));
    rows.push_back(grid(largeText(host_) ? 1 : 2, std::move(notYet), {.minWidth = 400}));
    rows.push_back(muted(host_.tr("guide.end.counted")));
    return {.content = body(host_, "page.end", std::move(rows))};
}

Page GuideScreen::donePage(const form::GuideOutcome& outcome) {
    const auto& next = words(outcome.next);
    return {.content = outcomeBody(
                host_, {.icon = outcome.good() ? "task_alt" : "support_agent",
                        .mood = outcome.good() ? Mood::Ok : Mood::Info,
                        .title = host_.tr(outcome.good() ? "guide.done.good" : "guide.done.not_yet"),
                        .what = next.empty() ? host_.tr("guide.done.what") : next,
                        .kept = host_.tr("guide.end.counted")}),
            .back = false,
            .staff = !outcome.good(),
            .left = {{.id = "more",
                      .label = host_.tr("guide.more"),
                      .icon = "help",
                      .kind = ButtonKind::Outline,
                      .onPress =
                          [&host = host_] {
                              host.home();
                              host.open(std::make_unique<GuidesScreen>(host));
                          }}},
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

}  // namespace tram::screens
