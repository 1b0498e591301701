#include "ui/screens/HomeScreen.h"

#include <algorithm>

#include "account/ServicesFlow.h"
#include "ui/screens/AccountScreen.h"
#include "ui/screens/CitySearchScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/MyServicesScreen.h"
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
ViewRef HomeScreen::tile(const HomeService& service) {
    const std::string key = std::string("home.tile.") + service.id;
    const bool compact = low(host_);
    const auto hint = largeText(host_) ? std::string() : host_.tr(key + ".hint");
    return kit::tile({.id = std::string("tile.") + service.id,
                      .icon = service.icon,
                      .pair = service.pair,
                      .title = host_.tr(key),
                      .hint = compact ? std::string() : hint,
                      .onPress = [this, &service] { openService(host_, service); },
                      .compact = compact});
}

ViewRef HomeScreen::followButton(bool brief) {
    return barButton({.id = "tile.follow",
                      .label = host_.tr(brief ? "home.follow.brief" : "home.follow.short"),
                      .icon = "manage_search",
                      .onPress = [this] { host_.open(std::make_unique<FollowScreen>(host_)); },
                      .spoken = host_.tr("home.follow"),
                      .close = brief});
}

/// Offered, never demanded; who has logged in finds there what that is good for.
ViewRef HomeScreen::loginButton(bool brief) {
    if (host_.session().resident)
        return barButton({.id = "tile.mine",
                          .label = mineLabel(),
                          .icon = "account_circle",
                          .kind = ButtonKind::Outline,
                          .onPress = [this] { host_.open(std::make_unique<AccountScreen>(host_)); },
                          .close = brief});
    // The whole offer may take two lines.
    const auto shape = brief ? barButton : button;
    return shape({.id = "tile.login",
                  .label = host_.tr(brief ? "login.title" : "home.login"),
                  .icon = "qr_code_2",
                  .kind = ButtonKind::Vneid,
                  .onPress = [this] { host_.open(std::make_unique<LoginScreen>(host_)); },
                  .spoken = host_.tr("home.login"),
                  .close = brief});
}

std::string HomeScreen::mineLabel() const {
    const auto& session = host_.session();
    const auto news = session.chosen.whose == session.resident ? session.chosen.news : 0;
    if (news == 0) return host_.tr("mine.title");
    return host_.tr("mine.title.count", {{"count", std::to_string(news)}});
}

/// Beside each other where there is room.
ViewRef HomeScreen::ownBar(bool brief) {
    return row({grow(loginButton(brief)), grow(followButton())}, {.gap = 16, .align = Align::Stretch});
}

ViewRef HomeScreen::tiles(int columns, double gap) {
    Views all;
    const auto& session = host_.session();
    const bool own = session.resident && session.chosen.whose == session.resident;
    const auto ids =
        account::ordered(own ? session.chosen.services : std::vector<std::string>(), homeServiceIds());
    for (const auto& id : ids)
        all.push_back(tile(*std::ranges::find_if(
            kHomeServices, [&](const HomeService& service) { return service.id == id; })));
    return grow(grid(columns, std::move(all), {.gap = gap, .minWidth = 340, .fill = true}));
}

ViewRef HomeScreen::standing() {
    return tilesBody(host_, "page",
                     {title(host_.tr("home.title")), searchBar(host_, "tile.search"), tiles(2, kDefault),
                      ownBar(largeText(host_))},
                     kDefault);
}

/// All of it at once if it can be; else what is pressed most comes first.
ViewRef HomeScreen::lowered() {
    constexpr double kClose = 14;
    auto scan = scanButton(host_, "tile.scan", "scan.button");
    scan.kind = ButtonKind::Outline;
    scan.close = true;
    const auto all = row({grow(searchButton(host_, "tile.search", true)), barButton(std::move(scan)),
                          followButton(true), loginButton(true)},
                         {.gap = 16, .align = Align::Stretch});
    return firstToFit(
        {tilesBody(host_, "page", {all, tiles(2, kClose)}, kClose),
         tilesBody(host_, "page", {searchBar(host_, "tile.search"), tiles(2, kClose), ownBar(true)}, kClose)},
        Fit::Height);
}

/// Whoever has logged in finds their own tiles first, once the gateway has told; home does not wait for it.
void HomeScreen::covered(bool covered) {
    if (!covered) askForChosen();
}

void HomeScreen::askForChosen() {
    const auto& services = host_.services();
    const auto who = host_.session().resident;
    if (!who || !services.mine.services || who == askedFor_ || host_.session().chosen.whose == who ||
        !who->tokenIsGood(services.clock.boot()))
        return;
    askedFor_ = who;
    auto& scheduler = services.scheduler;
    scheduler.background([this, who, &scheduler, line = services.mine, token = lifetime_.token()] {
        const auto mine = line.services(who->accessToken);
        auto chosen = std::make_shared<Session::Chosen>();
        chosen->whose = who;
        if (mine) chosen->services = mine->services;
        scheduler.onUi(token, [this, chosen] { told(*chosen); });
        // Asks the source of dossiers, which may be slow: what is pressed most stands first meanwhile.
        const auto notices = line.notices(who->accessToken);
        if (!notices || notices->notices.empty()) return;
        scheduler.onUi(token, [this, who, count = notices->notices.size()] { news(who, count); });
    });
}

void HomeScreen::told(const Session::Chosen& chosen) {
    auto session = host_.session();
    if (session.resident != chosen.whose || session.chosen.whose == chosen.whose) return;
    session.chosen = chosen;
    host_.setSession(std::move(session));
}

/// Unless it was looked at meanwhile.
void HomeScreen::news(const Who& who, std::size_t count) {
    auto session = host_.session();
    if (session.resident != who || session.chosen.whose != who || session.chosen.news == count) return;
    session.chosen.news = count;
    host_.setSession(std::move(session));
}

Page HomeScreen::render() {
    if (low(host_)) return {.content = lowered(), .back = false};
    if (host_.theme().portrait()) return {.content = standing(), .back = false};
    return {.content = tilesBody(host_, "page",
                                 {title(host_.tr("home.title")),
                                  row({grow(searchBar(host_, "tile.search")), ownBar(true)},
                                      {.gap = 16, .align = Align::Stretch}),
                                  tiles(4, kDefault)},
                                 kDefault),
            .back = false};
}

}  // namespace tram::screens
