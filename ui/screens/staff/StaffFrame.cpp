#include "ui/screens/staff/StaffFrame.h"

#include <unicode/uchar.h>

#include <sstream>

#include "base/VietnameseText.h"
#include "ui/screens/DisplayScreen.h"
#include "ui/screens/LinkPill.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr double kMargin = 40, kApart = 28, kBetweenSections = 12, kSectionsWidth = 330, kHeadGap = 18;
/// Of the page's margin so much lies inside what scrolls: a focus ring is not cut off there.
constexpr double kRingRoom = 12;
/// Screens that are less wide than this have little room in the head.
constexpr double kRoomyRatio = 1.5;

ViewRef initialsTile(const std::string& name) {
    auto letters =
        plainText(initialsOf(name), {.role = Type::Logo, .colour = Colour::Card, .align = Align::Centre});
    return sized(card(padding(std::move(letters), Insets::xy(0, 14)),
                      {.padding = 0, .fill = Colour::Ink, .lined = false, .radius = 18}),
                 {.width = 68});
}

ViewRef namesOf(const Host& host, const StaffView& who) {
    const auto ward = wardName(host.services(), host.services().station.wardCode);
    const auto where = who.unit.empty() ? ward : who.unit + " · " + ward;
    return column({plainText(who.name, {.role = Type::SmallStrong, .id = "staff.name"}),
                   plainText(where, {.role = Type::Fine, .colour = Colour::Muted})},
                  {.gap = 0});
}

std::string sectionLabel(const Host& host, StaffSection section, const StaffView& who) {
    const auto key = "staff.section." + std::string(lookOf(section).name);
    if (section != StaffSection::Queue || who.waiting == 0) return host.tr(key);
    return host.tr(key) + " · " + number(who.waiting, host.session().language);
}

bool terseHead(const Theme& theme) {
    const auto& screen = theme.screen();
    return theme.textPercent() > 100 || screen.x < kRoomyRatio * screen.y;
}

}  // namespace

StaffFrame::StaffFrame(Host& host, Calls calls, std::vector<StaffSection> there)
    : host_(host), calls_(std::move(calls)), there_(std::move(there)) {}

bool StaffFrame::back() {
    if (!open_) return false;
    open_ = false;
    host_.refresh();
    return true;
}

StaffFrame::Form StaffFrame::form() const {
    if (largeText(host_)) return Form::Behind;
    return host_.theme().portrait() ? Form::Above : Form::Beside;
}

ViewRef StaffFrame::around(const StaffView& who, StaffSection current, ViewRef content) {
    const auto form = this->form();
    if (form != Form::Behind) open_ = false;
    content->weight = 1;
    ViewRef body;
    if (form == Form::Beside) body = beside(who, current, std::move(content));
    if (form == Form::Above) body = above(who, current, std::move(content));
    if (form == Form::Behind) body = open_ ? menu(who, current) : std::move(content);
    const double inside = kMargin - kRingRoom;
    auto page = padding(std::move(body), {form == Form::Beside ? kMargin : inside, 0, inside, 0});
    return column({head(who, current), grow(std::move(page))}, {.gap = 0});
}

ViewRef StaffFrame::lockChip() const {
    return button({.id = "staff.lock",
                   .label = unbroken(host_.tr("staff.lock")),
                   .icon = largeText(host_) ? "lock" : "",
                   .kind = ButtonKind::Chip,
                   .onPress = calls_.onLock,
                   .spoken = host_.tr("staff.lock")});
}

ViewRef StaffFrame::clock() const {
    return paragraph(clockTime(host_.services().clock.wall()), {.role = Type::Clock, .id = "clock"});
}

ViewRef StaffFrame::head(const StaffView& who, StaffSection current) {
    const auto form = this->form();
    const auto strips = [](ViewRef view) {
        return strip(std::move(view), Edge::Bottom, Insets::xy(kMargin, 19));
    };
    if (form == Form::Behind) return strips(narrowHead(who, current));
    auto link = linkPill(host_, terseHead(host_.theme()));
    auto names = grow(namesOf(host_, who));
    const RowStyle line{.gap = kHeadGap, .flow = false};
    if (form == Form::Beside)
        return strips(row({initialsTile(who.name), names, link, lockChip(), clock()}, line));
    return strips(column({row({initialsTile(who.name), names, clock()}, line),
                          row({link, spacer(), look(), lockChip()}, line)},
                         {.gap = kHeadGap}));
}

/// The name stands among the sections here, and the time gives way first.
ViewRef StaffFrame::narrowHead(const StaffView& who, StaffSection current) {
    auto sections = menuButton(who, current);
    auto link = linkPill(host_, true);
    auto lock = lockChip();
    const auto line = [](Views all) { return row(std::move(all), {.gap = kHeadGap, .flow = false}); };
    Views forms{line({sections, spacer(), link, lock, clock()})};
    if (host_.online()) forms.push_back(line({sections, spacer(), lock, clock()}));
    forms.push_back(line({sections, spacer(), link, lock}));
    if (host_.online()) forms.push_back(line({sections, spacer(), lock}));
    forms.push_back(
        column({line({sections, spacer(), clock()}), line({link, spacer(), lock})}, {.gap = kHeadGap}));
    forms.push_back(column({sections, host_.online() ? nullptr : link, lock}, {.gap = kHeadGap}));
    return firstToFit(std::move(forms), Fit::Width);
}

/// Sections' keys work while they are out of sight, too.
ViewRef StaffFrame::menuButton(const StaffView& who, StaffSection current) {
    const auto key =
        open_ ? std::string("staff.sections.close") : "staff.section." + std::string(lookOf(current).name);
    auto view =
        button({.id = "staff.sections",
                .label = unbroken(host_.tr(key)),
                .icon = open_ ? "close" : "menu",
                .kind = ButtonKind::Chip,
                .onPress =
                    [this] {
                        open_ = !open_;
                        host_.refresh();
                    },
                .spoken = open_ ? host_.tr(key) : host_.tr("staff.sections", {{"section", host_.tr(key)}})});
    for (auto& one : options(who, current)) view->keys.emplace_back(*one.shortcut, std::move(one.onPress));
    return view;
}

std::vector<SectionOptions> StaffFrame::options(const StaffView& who, StaffSection current) {
    std::vector<SectionOptions> all;
    for (const auto section : sectionsFor(who.role, there_)) {
        const int digit = '1' + static_cast<int>(all.size());
        const auto label = sectionLabel(host_, section, who);
        all.push_back(
            {.id = "section." + std::string(lookOf(section).name),
             .icon = lookOf(section).icon,
             .label = label,
             .current = section == current,
             .onPress =
                 [this, section] {
                     open_ = false;
                     calls_.onSection(section);
                 },
             .spoken = host_.tr("staff.section.spoken",
                                {{"section", label}, {"digit", std::string(1, static_cast<char>(digit))}}),
             .shortcut = Shortcut{.key = digit, .alt = true}});
    }
    return all;
}

Views StaffFrame::sections(const StaffView& who, StaffSection current) {
    Views all;
    for (auto& one : options(who, current)) all.push_back(sectionButton(std::move(one)));
    return all;
}

/// What a person may want otherwise: the language, the size of letters.
ViewRef StaffFrame::look() const {
    const bool english = host_.session().language == "en";
    auto language = switchPill({.id = "language",
                                .labels = {host_.tr("status.language.vi"), host_.tr("status.language.en")},
                                .current = english ? std::size_t{1} : std::size_t{0},
                                .onPress =
                                    [&host = host_, english] {
                                        auto session = host.session();
                                        session.language = english ? "vi" : "en";
                                        host.setSession(std::move(session));
                                    },
                                .spoken = host_.tr("status.language")});
    auto display = button({.id = "display",
                           .label = unbroken(host_.tr("action.display")),
                           .icon = "format_size",
                           .kind = ButtonKind::Chip,
                           .onPress = [&host = host_] { host.open(std::make_unique<DisplayScreen>(host)); },
                           .spoken = host_.tr("action.display")});
    return wrap({std::move(language), std::move(display)}, kBetweenSections);
}

ViewRef StaffFrame::beside(const StaffView& who, StaffSection current, ViewRef content) {
    auto all = sections(who, current);
    all.push_back(paragraph(host_.tr("staff.sections.keys"), {.role = Type::Fine, .colour = Colour::Muted}));
    all.push_back(spacer());
    all.push_back(look());
    // Whatever the page wants, sections keep their place.
    auto column =
        sized(padding(kit::column(std::move(all), {.gap = kBetweenSections}), {0, kApart, 0, kApart}),
              {.width = kSectionsWidth * host_.theme().textPercent() / 100});
    return row({std::move(column), std::move(content)},
               {.gap = kApart - kRingRoom, .align = Align::Stretch, .flow = false});
}

ViewRef StaffFrame::above(const StaffView& who, StaffSection current, ViewRef content) {
    auto all = sections(who, current);
    auto rows = grid(4, std::move(all), {.gap = kBetweenSections, .roomy = true});
    return column({padding(std::move(rows), {kRingRoom, kApart, kRingRoom, 0}), std::move(content)},
                  {.gap = 0});
}

ViewRef StaffFrame::menu(const StaffView& who, StaffSection current) {
    auto all = sections(who, current);
    all.insert(all.begin(), namesOf(host_, who));
    all.push_back(look());
    return staffBody(host_, "page.sections", std::move(all));
}

ViewRef staffChoice(std::string id, const std::string& label, bool chosen, Action press) {
    return button({.id = std::move(id),
                   .label = unbroken(label),
                   .kind = ButtonKind::Chip,
                   .selected = chosen,
                   .onPress = std::move(press),
                   .spoken = label});
}

ViewRef staffBody(const Host& host, std::string id, Views cards) {
    return grow(scroll(std::move(id),
                       padding(column(std::move(cards), {.gap = 24}), {kRingRoom, kApart, kRingRoom, kApart}),
                       {host.tr("action.previous"), host.tr("action.following"), kRingRoom}));
}

/// Words that a name writes small ("Tổ công nghệ số") do not stand for it.
std::string initialsOf(std::string_view name) {
    std::istringstream words{base::toNfc(name)};
    std::u32string first, last;
    for (std::string word; words >> word;) {
        const auto letter = base::toUtf32(word).substr(0, 1);
        if (!u_isUUppercase(static_cast<UChar32>(letter[0]))) continue;
        (first.empty() ? first : last) = letter;
    }
    if (first.empty()) first = base::toUtf32(base::firstCharacters(name, 1));
    return base::toUtf8(first + last);
}

}  // namespace tram::screens
