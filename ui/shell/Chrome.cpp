#include "ui/shell/Chrome.h"

#include "ui/screens/AlertScreen.h"
#include "ui/screens/LinkPill.h"
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

}  // namespace

ViewRef statusBar(Host& host) {
    const auto& services = host.services();
    const bool terse = host.theme().textPercent() > kTersePercent;
    auto ward = column(
        {paragraph(screens::wardName(services, services.station.wardCode), {.role = Type::SmallStrong}),
         terse ? nullptr : paragraph(host.tr("app.name"), {.role = Type::Fine, .colour = Colour::Muted})},
        {.gap = 0});
    const auto& onDuty = services.duty;
    const bool locked = onDuty && onDuty->session() && !onDuty->active();
    const auto resident = locked ? nullptr : host.session().resident;
    auto link = screens::linkPill(host, terse || resident);
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
    auto alerts = screens::alertChip(host, terse);
    auto clock = paragraph(screens::clockTime(services.clock.wall()), {.role = Type::Clock, .id = "clock"});
    auto mark = logo(host.tr("app.logo"));
    const auto bar = [](Views all) { return row(std::move(all), {.gap = 18, .flow = false}); };
    // What a person misses least gives way to large letters: first that all is well, then whose station this
    // is, which its front says too (a resident's name takes that place), last the time.
    Views forms{bar({mark, grow(ward), chip, alerts, link, language, clock})};
    if (host.online()) forms.push_back(bar({mark, grow(ward), chip, alerts, language, clock}));
    const auto first = chip ? chip : mark;
    forms.push_back(bar({first, spacer(), alerts, link, language, clock}));
    forms.push_back(bar({first, spacer(), alerts, link, language}));
    return strip(firstToFit(std::move(forms), Fit::Width), Edge::Bottom, Insets::xy(32, 12));
}

namespace {

/// Its words stay together, so that large letters take the bar a second line instead of breaking them, and
/// have less air beside them, so that they seldom do.
ViewRef barButton(const Host& host, ButtonOptions o) {
    o.close = host.theme().textPercent() > kTersePercent;
    if (o.spoken.empty()) o.spoken = o.label;
    o.label = unbroken(o.label);
    return button(std::move(o));
}

}  // namespace

ViewRef actionBar(Host& host, Page& page, const Help& help) {
    Views buttons, main;
    const auto made = [&](const char* id, const char* key, const char* icon, Action press) {
        return barButton(host, {.id = id, .label = host.tr(key), .icon = icon, .onPress = std::move(press)});
    };
    const auto add = [&](const char* id, const char* key, const char* icon, Action press) {
        buttons.push_back(made(id, key, icon, std::move(press)));
    };
    // Six buttons with words do not fit a portrait screen: there, inside an errand, help is one button (its
    // page holds the rest).
    // Nor five with large letters a screen that lies, which has no height for a second line.
    const bool wide = !host.theme().portrait() && host.theme().textPercent() <= kTersePercent;
    const bool few = page.right.empty() && page.left.empty() && host.theme().textPercent() <= kTersePercent;
    const bool roomy = page.help && (wide || (page.right.empty() && !page.back) || few);
    const auto& duty = host.services().duty;
    const bool assisted = duty && duty->active();
    if (page.back || (assisted && page.end))
        add("back", "action.back", "arrow_back", [&host] { host.back(); });
    if (page.end && assisted) {
        buttons.push_back(barButton(host, {.id = "end",
                                           .label = host.tr("staff.next") + " · F12",
                                           .icon = "person_add",
                                           .onPress = [&host] { host.endSession(); },
                                           .spoken = host.tr("staff.next"),
                                           .shortcut = Shortcut{WXK_F12}}));
    } else if (page.end) {
        add("end", "action.end", "logout", [&host] { host.endSession(); });
    }
    for (auto& extra : page.left) buttons.push_back(barButton(host, std::move(extra)));
    if (roomy) add("display", "action.display", "format_size", help.display);
    if (roomy && !page.back && host.theme().portrait()) {
        const bool lowered = host.session().lowered;
        add("lower", lowered ? "action.raise" : "action.lower",
            lowered ? "vertical_align_top" : "vertical_align_bottom", help.lower);
    }
    if (!roomy && page.staff && !assisted)
        add("call", "action.call", "support_agent", help.call);
    else if (!roomy && help.display)
        add("display", "action.help", "help", help.display);
    if (roomy && !assisted) main.push_back(made("call", "action.call", "support_agent", help.call));
    for (auto& extra : page.right) main.push_back(barButton(host, std::move(extra)));
    return strip(bar(std::move(buttons), std::move(main), 18), Edge::Top, Insets::xy(32, 24));
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
    auto buttons = screens::halves({button({.id = "countdown.end",
                                            .label = host.tr("countdown.end"),
                                            .icon = "logout",
                                            .onPress = [&host] { host.endSession(); }}),
                                    button(screens::primary("countdown.stay", host.tr("countdown.stay"),
                                                            "touch_app", std::move(stay)))});
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
