#include "ui/screens/GuideScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

ViewRef GuideScreen::wayRow(const std::string& id, const std::string& icon, TilePair pair,
                            const std::string& title, Action onPress) const {
    return listRow(
        {.id = id, .icon = icon, .pair = pair, .title = title, .onPress = std::move(onPress), .opens = true});
}

Page GuideScreen::troublesPage() {
    Views rows{title(host_.tr("guide.troubles.title"))};
    for (const auto* trouble : flow_.troubles())
        rows.push_back(wayRow("trouble." + trouble->id, "build", TilePair::Orange, words(trouble->cause),
                              [this, trouble] { flow_.trouble(*trouble); }));
    const auto& guide = flow_.guide();
    if (!guide.fakes.empty())
        rows.push_back(wayRow("fakes", "gpp_bad", TilePair::Orange, host_.tr("guide.fakes.title"),
                              [this] { flow_.fakes(); }));
    if (!guide.noPhone.empty())
        rows.push_back(wayRow("no_phone", "dialpad", TilePair::Orange, host_.tr("guide.no_phone.ask"),
                              [this] { flow_.noPhone(); }));
    rows.push_back(wayRow("give_up", "highlight_off", TilePair::Orange, host_.tr("guide.give_up"),
                          [this] { flow_.giveUp(); }));
    return {.content = tilesBody(host_, "page.troubles", std::move(rows), kDefault),
            .staff = true,
            .right = {resumeButton()}};
}

Page GuideScreen::linesPage(const std::string& page, const std::string& icon, const std::string& title,
                            const std::vector<form::Bilingual>& lines, const std::string& what) {
    Views rows;
    for (const auto& line : lines) rows.push_back(paragraph("• " + words(line)));
    return {.content = outcomeBody(host_, {.icon = icon,
                                           .mood = Mood::Info,
                                           .title = title,
                                           .what = what,
                                           .ways = {card(column(std::move(rows), {.gap = 16}))},
                                           .page = page}),
            .staff = true,
            .right = {resumeButton()}};
}

Page GuideScreen::troublePage(const form::GuideTrouble& trouble) {
    auto page = linesPage("page.trouble." + trouble.id, "build", words(trouble.cause), trouble.what);
    page.left.push_back({.id = "give_up",
                         .label = host_.tr("guide.give_up"),
                         .icon = "highlight_off",
                         .kind = ButtonKind::Outline,
                         .onPress = [this] { flow_.giveUp(); }});
    return page;
}

/// Nobody is left standing for want of a phone: what there is without one, and a way to say so.
Page GuideScreen::noPhonePage() {
    auto page =
        linesPage("page.no_phone", "dialpad", host_.tr("guide.no_phone.title"), flow_.guide().noPhone);
    page.right = {primary("give_up", host_.tr("guide.to_end"), "arrow_forward", [this] { flow_.giveUp(); })};
    return page;
}

}  // namespace tram::screens
