#include "qr/QrCode.h"
#include "ui/screens/GuideScreen.h"
#include "ui/screens/Parts.h"
#include "wire/WifiCode.h"

namespace tram::screens {

using namespace kit;
using form::Platform;

namespace {

constexpr double kStoreCode = 620, kStoreCodeLying = 390, kStoreCodeLarge = 420, kSketch = 560,
                 kSketchLying = 480;

/// Beside each other only where the letters leave room.
bool hasRoomBeside(const Host& host) {
    return !host.theme().portrait() && !largeText(host);
}

/// Large letters on a screen that lies.
bool isCramped(const Host& host) {
    return largeText(host) && !host.theme().portrait();
}

SketchRow sketchRow(const form::Sketch::Line& line, const std::string& language) {
    return {static_cast<SketchRow::Kind>(line.row), line.text.in(language), line.button.in(language),
            line.pressed};
}

ViewRef sketchOf(const Host& host, const form::Sketch& sketch) {
    const auto& language = host.session().language;
    std::vector<SketchRow> rows;
    for (const auto& line : sketch.rows) rows.push_back(sketchRow(line, language));
    return phoneSketch(std::move(rows), sketch.spoken.in(language),
                       hasRoomBeside(host) ? kSketchLying : kSketch);
}

ViewRef inTheMiddle(ViewRef view) {
    return row({spacer(), std::move(view), spacer()}, {.gap = 0, .flow = false});
}

}  // namespace

/// Which phone: the one chosen, and a way to the other; where something is fetched, a way to a line.
ViewRef GuideScreen::chips(const form::GuideStep& step) {
    Views all = phones();
    if (step.wifi && host_.services().config.wifi)
        all.push_back(button({.id = "wifi",
                              .label = host_.tr("guide.wifi.ask"),
                              .icon = "wifi",
                              .kind = ButtonKind::Chip,
                              .onPress = [this] { flow_.wifi(); }}));
    return all.empty() ? nullptr : wrap(std::move(all));
}

Views GuideScreen::phones() {
    if (!flow_.asksForPlatform()) return {};
    const bool android = flow_.platform() == Platform::Android;
    const auto other = android ? Platform::Iphone : Platform::Android;
    return {statusPill({.text = host_.tr(android ? "guide.phone.android" : "guide.phone.iphone"),
                        .mood = Mood::Info,
                        .icon = android ? "android" : "phone_iphone",
                        .id = "phone"}),
            button({.id = "other",
                    .label = host_.tr(android ? "guide.switch.iphone" : "guide.switch.android"),
                    .kind = ButtonKind::Chip,
                    .onPress = [this, other] { flow_.choose(other); }})};
}

Page GuideScreen::choosePage() {
    const auto phone = [this](const char* id, const char* icon, TilePair pair, const char* key,
                              Platform platform) {
        return tile({.id = id,
                     .icon = icon,
                     .pair = pair,
                     .title = host_.tr(key),
                     .hint = host_.tr(std::string("guide.phone.hint.") + id),
                     .onPress = [this, platform] { flow_.choose(platform); }});
    };
    const auto& guide = flow_.guide();
    Views rows{
        heading(words(guide.title)), plainText(words(guide.intro)),
        paragraph(host_.tr("guide.phone.title"), {.role = Type::Title, .heading = true}),
        grid(2,
             {phone("android", "android", TilePair::Green, "guide.phone.tile", Platform::Android),
              phone("iphone", "phone_iphone", TilePair::Slate, "guide.phone.iphone", Platform::Iphone)},
             {.minWidth = 340})};
    if (!guide.noPhone.empty())
        rows.push_back(wayRow("no_phone", "dialpad", TilePair::Orange, host_.tr("guide.no_phone.ask"),
                              [this] { flow_.noPhone(); }));
    if (!guide.fakes.empty())
        rows.push_back(wayRow("fakes", "gpp_bad", TilePair::Orange, host_.tr("guide.fakes.title"),
                              [this] { flow_.fakes(); }));
    return {.content = body(host_, "page.phone", std::move(rows))};
}

/// The code as large as it can be, and where it leads in letters. What is off the station's list is not
/// drawn: nobody is to be led there by what looks like the office's word.
ViewRef GuideScreen::code(const form::GuideStep& step) const {
    const auto link = flow_.link(step);
    if (link.refused)
        return banner({.mood = Mood::Warn,
                       .icon = "link_off",
                       .title = host_.tr("guide.link.refused.title"),
                       .text = host_.tr("guide.link.refused"),
                       .id = "link.refused"});
    if (link.address.empty()) return nullptr;
    auto symbol = qr::QrCode::encode(link.address);
    if (!symbol) return nullptr;
    const double size = largeText(host_)       ? kStoreCodeLarge
                        : hasRoomBeside(host_) ? kStoreCodeLying
                                               : kStoreCode;
    const auto host = wire::hostOfLink(link.address);
    return inTheMiddle(kit::qr(std::move(*symbol), size, host_.tr("guide.code", {{"host", host}})));
}

/// Where a step's code leads, as one that the station's list has.
ViewRef GuideScreen::official(const form::GuideStep& step) const {
    const auto link = flow_.link(step);
    if (link.address.empty()) return nullptr;
    return statusPill({.text = host_.tr("guide.official", {{"host", wire::hostOfLink(link.address)}}),
                       .icon = "verified",
                       .id = "official"});
}

ViewRef GuideScreen::look(const form::GuideStep& step) const {
    auto link = code(step);
    if (link && flow_.link(step).refused) return link;
    if (link && !isCramped(host_)) link = column({link, inTheMiddle(official(step))}, {.gap = 24});
    auto view = link ? link : step.picture ? inTheMiddle(sketchOf(host_, *step.picture)) : nullptr;
    if (!view) return nullptr;
    auto shown = card(std::move(view), {.justify = Align::Centre});
    shown->id = link ? "code" : "picture";
    return shown;
}

ViewRef GuideScreen::told(const form::GuideStep& step) const {
    Views lines;
    for (const auto& text : step.text) lines.push_back(paragraph(words(text)));
    if (const auto& warning = words(step.warning); !warning.empty())
        lines.push_back(
            paragraph(warning, {.role = Type::BodyStrong, .colour = Colour::Warn, .id = "warning"}));
    return card(column(std::move(lines), {.gap = 24}), {.justify = Align::Centre});
}

/// Where else it goes on from here.
Views GuideScreen::ways(const form::GuideStep& step) {
    Views all;
    for (std::size_t at = 0; at < step.branches.size(); ++at)
        all.push_back(wayRow("branch." + std::to_string(at), "call_split", TilePair::Blue,
                             words(step.branches[at].label), [this, at] { flow_.branch(at); }));
    return all;
}

/// What is scanned stays whole at the left, where letters leave little room; words go beside it.
ViewRef GuideScreen::besideLook(const form::GuideStep& step, ViewRef look, Views after) {
    Views rows{official(step), chips(step), told(step)};
    for (auto& view : after) rows.push_back(std::move(view));
    return row({std::move(look), grow(column(std::move(rows)))}, {.align = Align::Start, .flow = false});
}

Page GuideScreen::stepPage(const form::GuideStep& step) {
    const auto page = "page.step." + step.id;
    const auto next = primary("next", words(step.next), "arrow_forward", [this] { flow_.next(); });
    if (auto shown = look(step); shown && isCramped(host_) && !flow_.link(step).refused) {
        auto after = ways(step);
        after.push_back(button(troubleButton(step)));
        return {.content =
                    body(host_, page,
                         {heading(words(step.title)), besideLook(step, std::move(shown), std::move(after))}),
                .right = {next}};
    }
    Views rows{heading(words(step.title)), chips(step)};
    if (!flow_.asksForPlatform() && flow_.progress().step == 1)
        rows.push_back(muted(words(flow_.guide().intro)));
    auto picture = look(step), text = told(step);
    auto more = ways(step);
    if (hasRoomBeside(host_) && picture) {
        more.insert(more.begin(), grow(std::move(text)));
        rows.push_back(grow(grid(2, {std::move(picture), column(std::move(more))}, {.fill = true})));
    } else {
        if (picture) rows.push_back(grow(std::move(picture), 3));
        rows.push_back(grow(std::move(text), 2));
        for (auto& view : more) rows.push_back(std::move(view));
    }
    return {.content = body(host_, page, std::move(rows)), .left = {troubleButton(step)}, .right = {next}};
}

/// For phones without a line of their own; name and password for those that cannot scan it.
Page GuideScreen::wifiPage() {
    const auto& wifi = *host_.services().config.wifi;
    auto symbol = qr::QrCode::encode(wire::wifiCode(wifi.name, wifi.password));
    std::vector<Fact> known = {{host_.tr("guide.wifi.name"), wifi.name}};
    if (!wifi.password.empty()) known.push_back({host_.tr("guide.wifi.password"), wifi.password});
    auto code = symbol ? card(inTheMiddle(kit::qr(std::move(*symbol),
                                                  largeText(host_) ? kStoreCodeLarge : kStoreCodeLying,
                                                  host_.tr("guide.wifi.code"))))
                       : nullptr;
    Views told{paragraph(host_.tr("guide.wifi.what")), card(facts(std::move(known)))};
    Views rows{title(host_.tr("guide.wifi.title"))};
    if (code && !host_.theme().portrait())
        rows.push_back(
            row({std::move(code), grow(column(std::move(told)))}, {.align = Align::Start, .flow = false}));
    else
        for (auto& view : Views{told[0], code, told[1]}) rows.push_back(view);
    return {.content = body(host_, "page.wifi", std::move(rows)), .right = {resumeButton()}};
}

}  // namespace tram::screens
