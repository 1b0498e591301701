#include "ui/screens/HomeScreen.h"

#include "ui/screens/ComingScreen.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/MyReportsScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ScanScreen.h"

namespace tram::screens {

using namespace kit;

namespace {

bool low(const Host& host) {
    return host.session().lowered && host.theme().portrait();
}

/// Its words stay on one line: a bar that is too long goes on in the next one.
ViewRef barButton(ButtonOptions o) {
    if (o.spoken.empty()) o.spoken = o.label;
    o.label = unbroken(o.label);
    return button(std::move(o));
}

}  // namespace

/// In the lower share of the screen, where whole rows count, and with large letters the title stands alone.
ViewRef HomeScreen::tile(const char* service, const char* icon, TilePair pair) {
    const std::string key = std::string("home.tile.") + service;
    const bool ready = std::string_view(service) == "feedback", compact = low(host_);
    const auto soon = ready ? std::string() : host_.tr("home.soon");
    const auto hint = largeText(host_) ? std::string() : host_.tr(key + ".hint");
    return kit::tile({.id = std::string("tile.") + service,
                      .icon = icon,
                      .pair = pair,
                      .title = host_.tr(key),
                      .hint = compact ? soon : hint,
                      .badge = compact ? std::string() : soon,
                      .onPress =
                          [this, ready, name = std::string(service)] {
                              if (ready)
                                  openFeedback(host_);
                              else
                                  host_.open(std::make_unique<ComingScreen>(host_, name));
                          },
                      .compact = compact});
}

Views HomeScreen::followBar(bool brief) {
    auto follow = barButton({.id = "tile.follow",
                             .label = host_.tr(brief ? "home.follow.short" : "home.follow"),
                             .icon = "search",
                             .kind = ButtonKind::Secondary,
                             .onPress = [this] { host_.open(std::make_unique<FollowScreen>(host_)); },
                             .spoken = host_.tr("home.follow")});
    auto scan = scanButton(host_, "tile.scan", "scan.button");
    scan.kind = ButtonKind::Outline;
    return {grow(follow), barButton(std::move(scan))};
}

/// Offered, never demanded; who has logged in finds there what that is good for.
ViewRef HomeScreen::loginBar(bool brief) {
    if (host_.session().resident)
        return barButton({.id = "tile.reports",
                          .label = host_.tr("login.myreports"),
                          .icon = "list_alt",
                          .kind = ButtonKind::Outline,
                          .onPress = [this] { host_.open(std::make_unique<MyReportsScreen>(host_)); }});
    return barButton({.id = "tile.login",
                      .label = host_.tr(brief ? "login.title" : "home.login"),
                      .icon = "qr_code_2",
                      .kind = ButtonKind::Vneid,
                      .onPress = [this] { host_.open(std::make_unique<LoginScreen>(host_)); },
                      .spoken = host_.tr("home.login")});
}

/// All that home offers, in one bar.
ViewRef HomeScreen::bars(bool brief) {
    auto all = followBar(brief);
    all.push_back(loginBar(brief));
    return row(std::move(all), {.gap = 16, .align = Align::Stretch});
}

ViewRef HomeScreen::tiles(int columns, double gap) {
    return grow(
        grid(columns,
             {tile("feedback", "campaign", TilePair::Red), tile("dossier", "folder_shared", TilePair::Blue),
              tile("install", "install_mobile", TilePair::Green),
              tile("procedures", "menu_book", TilePair::Orange), tile("nearby", "place", TilePair::Violet),
              tile("news", "notifications", TilePair::Teal),
              tile("rating", "sentiment_satisfied", TilePair::Yellow), tile("all", "apps", TilePair::Slate)},
             {.gap = gap, .minWidth = 340, .fill = true}));
}

ViewRef HomeScreen::standing() {
    const bool large = largeText(host_);
    const auto follow = row(followBar(large), {.gap = 16, .align = Align::Stretch});
    return tilesBody(host_, "page",
                     {title(host_.tr("home.title")), follow, tiles(2, kDefault), loginBar(false)}, kDefault);
}

/// All of it at once if it can be; else what is pressed most comes first.
ViewRef HomeScreen::lowered() {
    constexpr double kClose = 14;
    const auto follow = row(followBar(true), {.gap = 16, .align = Align::Stretch});
    const auto grid = tiles(2, kClose);
    return firstToFit({tilesBody(host_, "page", {bars(true), grid}, kClose),
                       tilesBody(host_, "page", {follow, grid, loginBar(false)}, kClose)},
                      Fit::Height);
}

Page HomeScreen::render() {
    if (low(host_)) return {.content = lowered(), .back = false};
    if (host_.theme().portrait()) return {.content = standing(), .back = false};
    return {.content = tilesBody(host_, "page",
                                 {title(host_.tr("home.title")), bars(largeText(host_)), tiles(4, kDefault)},
                                 kDefault),
            .back = false};
}

}  // namespace tram::screens
