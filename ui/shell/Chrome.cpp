#include "ui/shell/Chrome.h"

#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::shell {

using namespace kit;
using screens::Host;
using screens::Page;

namespace {

/// Above this, the status bar would take a fifth of the screen: it then says only what it must.
constexpr int kTersePercent = 125;
/// Above this, three buttons with words do not fit a line of a portrait screen.
constexpr int kLargePercent = 150;

const char* linkKey(device::AgentState::Link link, bool terse) {
    using Link = device::AgentState::Link;
    if (link == Link::Online) return "status.online";
    if (link == Link::SendingFails) return terse ? "status.not_sent.short" : "status.not_sent";
    return terse ? "status.offline.short" : "status.offline";
}

ViewRef linkPill(const Host& host, bool terse) {
    return statusPill({.text = host.tr(linkKey(host.link(), terse)),
                       .mood = host.online() ? Mood::Ok : Mood::Warn,
                       .id = "link"});
}

}  // namespace

ViewRef statusBar(Host& host) {
    const auto& services = host.services();
    const bool terse = host.theme().textPercent() > kTersePercent;
    auto ward = column(
        {paragraph(screens::wardName(services, services.station.wardCode), {.role = Type::SmallStrong}),
         terse ? nullptr : paragraph(host.tr("app.name"), {.role = Type::Fine, .colour = Colour::Muted})},
        {.gap = 0});
    const auto& resident = host.session().resident;
    auto link = linkPill(host, terse || resident);
    auto chip = resident ? statusPill({.text = screens::shortName(*resident),
                                       .mood = Mood::Info,
                                       .icon = "person",
                                       .id = "resident",
                                       .spoken = host.tr("status.resident")})
                         : nullptr;
    const bool english = host.session().language == "en";
    auto language = switchPill({.id = "language",
                                .labels = {host.tr("status.language.vi"), host.tr("status.language.en")},
                                .current = english ? std::size_t{1} : std::size_t{0},
                                .onPress =
                                    [&host, english] {
                                        auto session = host.session();
                                        session.language = english ? "vi" : "en";
                                        host.setSession(std::move(session));
                                    },
                                .spoken = host.tr("status.language")});
    auto clock = paragraph(screens::clockTime(services.clock.wall()), {.role = Type::Clock});
    return strip(row({logo(host.tr("app.logo")), grow(ward), chip, link, language, clock}, {.gap = 18}),
                 Edge::Bottom, Insets::xy(32, 12));
}

namespace {

/// The main action stands at the right; where large letters leave no room beside the others, on a line of its
/// own.
ViewRef sideBySide(const Host& host, Views buttons, Views main) {
    const RowStyle line{.gap = 18, .align = Align::Stretch};
    if (main.empty()) return row(std::move(buttons), line);
    const bool narrow = host.theme().portrait() && host.theme().textPercent() > 100 && buttons.size() > 2;
    if (narrow) {
        // The largest letters leave room for two on a line; help goes down to the main action.
        Views below;
        if (host.theme().textPercent() > kLargePercent) {
            below.push_back(std::move(buttons.back()));
            buttons.pop_back();
        }
        below.push_back(spacer());
        for (auto& view : main) below.push_back(std::move(view));
        return column({row(std::move(buttons), line), row(std::move(below), line)}, {.gap = 18});
    }
    buttons.push_back(spacer());
    for (auto& view : main) buttons.push_back(std::move(view));
    return row(std::move(buttons), line);
}

}  // namespace

ViewRef actionBar(Host& host, Page& page, const Help& help) {
    Views buttons;
    const auto add = [&](const char* id, const char* key, const char* icon, Action press) {
        buttons.push_back(
            button({.id = id, .label = host.tr(key), .icon = icon, .onPress = std::move(press)}));
    };
    // Six buttons with words do not fit a portrait screen: there, inside an errand, help is one button (its
    // page holds the rest).
    // Nor five with large letters a screen that lies, which has no height for a second line.
    const bool wide = !host.theme().portrait() && host.theme().textPercent() <= kTersePercent;
    const bool roomy = page.help && (wide || (page.right.empty() && !page.back));
    if (page.back) add("back", "action.back", "arrow_back", [&host] { host.back(); });
    if (page.end) add("end", "action.end", "logout", [&host] { host.endSession(); });
    for (auto& extra : page.left) buttons.push_back(button(std::move(extra)));
    if (roomy) add("display", "action.display", "format_size", help.display);
    if (roomy && host.theme().portrait()) {
        const bool lowered = host.session().lowered;
        add("lower", lowered ? "action.raise" : "action.lower",
            lowered ? "vertical_align_top" : "vertical_align_bottom", help.lower);
    }
    if (!roomy && page.staff)
        add("call", "action.call", "support_agent", help.call);
    else if (!roomy && help.display)
        add("display", "action.help", "help", help.display);
    Views main;
    if (roomy)
        main.push_back(button(
            {.id = "call", .label = host.tr("action.call"), .icon = "support_agent", .onPress = help.call}));
    for (auto& extra : page.right) main.push_back(button(std::move(extra)));
    return strip(sideBySide(host, std::move(buttons), std::move(main)), Edge::Top, Insets::xy(32, 24));
}

KeyboardWords keyboardWords(const Host& host) {
    return {.sac = host.tr("keyboard.tone.sac"),
            .huyen = host.tr("keyboard.tone.huyen"),
            .hoi = host.tr("keyboard.tone.hoi"),
            .nga = host.tr("keyboard.tone.nga"),
            .nang = host.tr("keyboard.tone.nang"),
            .telex = host.tr("keyboard.method.telex"),
            .vni = host.tr("keyboard.method.vni"),
            .off = host.tr("keyboard.method.off"),
            .space = host.tr("keyboard.space"),
            .hide = host.tr("keyboard.hide"),
            .enter = host.tr("keyboard.enter"),
            .letters = host.tr("keyboard.letters"),
            .shift = host.tr("keyboard.shift"),
            .backspace = host.tr("keyboard.backspace")};
}

ViewRef countdown(Host& host, int secondsLeft, Action stay) {
    auto buttons = row({button({.id = "countdown.end",
                                .label = host.tr("countdown.end"),
                                .icon = "logout",
                                .onPress = [&host] { host.endSession(); }}),
                        spacer(),
                        button(screens::primary("countdown.stay", host.tr("countdown.stay"), "touch_app",
                                                std::move(stay)))});
    // On a screen that lies large letters need the picture's height, and the width.
    const bool low = !host.theme().portrait() && host.theme().textPercent() > kTersePercent;
    return sized(
        card(column({low ? nullptr : row({hero("timer", Mood::Warn)}, {.justify = Align::Centre}),
                     paragraph(host.tr("countdown.title"),
                               {.role = Type::Display, .align = Align::Centre, .heading = true}),
                     screens::muted(host.tr("countdown.what"), Align::Centre),
                     paragraph(host.tr("countdown.seconds", {{"seconds", std::to_string(secondsLeft)}}),
                               {.role = Type::Display, .align = Align::Centre}),
                     buttons},
                    {.gap = 32}),
             {.padding = 48}),
        {.maxWidth = low ? 1600.0 : 920.0});
}

}  // namespace tram::shell
