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

ViewRef HomeScreen::tile(const char* service, const char* icon, TilePair pair) {
    const std::string key = std::string("home.tile.") + service;
    const bool ready = std::string_view(service) == "feedback";
    return kit::tile({.id = std::string("tile.") + service,
                      .icon = icon,
                      .pair = pair,
                      .title = host_.tr(key),
                      .hint = largeText(host_) ? "" : host_.tr(key + ".hint"),
                      .badge = ready ? "" : host_.tr("home.soon"),
                      .onPress = [this, ready, name = std::string(service)] {
                          if (ready)
                              openFeedback(host_);
                          else
                              host_.open(std::make_unique<ComingScreen>(host_, name));
                      }});
}

ViewRef HomeScreen::followBar() {
    auto follow = button({.id = "tile.follow",
                          .label = host_.tr(largeText(host_) ? "home.follow.short" : "home.follow"),
                          .icon = "search",
                          .kind = ButtonKind::Secondary,
                          .onPress = [this] { host_.open(std::make_unique<FollowScreen>(host_)); },
                          .spoken = host_.tr("home.follow")});
    auto scan = scanButton(host_, "tile.scan", "scan.button");
    scan.kind = ButtonKind::Outline;
    return row({grow(follow), button(std::move(scan))}, {.gap = 16, .align = Align::Stretch});
}

/// Offered, never demanded; who has logged in finds there what that is good for.
ViewRef HomeScreen::loginBar() {
    if (host_.session().resident)
        return button({.id = "tile.reports",
                       .label = host_.tr("login.myreports"),
                       .icon = "list_alt",
                       .kind = ButtonKind::Outline,
                       .onPress = [this] { host_.open(std::make_unique<MyReportsScreen>(host_)); }});
    return button({.id = "tile.login",
                   .label = host_.tr("home.login"),
                   .icon = "qr_code_2",
                   .kind = ButtonKind::Vneid,
                   .onPress = [this] { host_.open(std::make_unique<LoginScreen>(host_)); }});
}

Page HomeScreen::render() {
    auto tiles =
        grid(host_.theme().portrait() ? 2 : 4,
             {tile("feedback", "campaign", TilePair::Red), tile("dossier", "folder_shared", TilePair::Blue),
              tile("install", "install_mobile", TilePair::Green),
              tile("procedures", "menu_book", TilePair::Orange), tile("nearby", "place", TilePair::Violet),
              tile("news", "notifications", TilePair::Teal),
              tile("rating", "sentiment_satisfied", TilePair::Yellow), tile("all", "apps", TilePair::Slate)},
             {.minWidth = 340, .fill = true});
    const auto login = loginBar();
    // In the lower share of the screen large letters leave room for one row below it, and that is no choice.
    const bool low = host_.session().lowered && largeText(host_);
    const auto heading = low ? nullptr : title(host_.tr("home.title"));
    if (host_.theme().portrait())
        return {.content = body(host_, "page", {heading, followBar(), grow(tiles), login}), .back = false};
    auto bars = row({grow(followBar()), login});
    return {.content = body(host_, "page", {heading, bars, grow(tiles)}), .back = false};
}

}  // namespace tram::screens
