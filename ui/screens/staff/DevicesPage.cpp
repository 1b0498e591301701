#include "ui/screens/staff/DevicesPage.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
using doctor::Finding;
using doctor::Part;
using doctor::Verdict;

namespace {

constexpr double kCardWidth = 560;

const char* iconOf(Part part) {
    switch (part) {
        case Part::Camera:
            return "photo_camera";
        case Part::Printer:
            return "print";
        case Part::Network:
            return "wifi";
        case Part::Gateway:
            return "cloud";
        case Part::Clock:
            return "schedule";
        case Part::Store:
            return "storage";
        case Part::Content:
            break;
    }
    return "newspaper";
}

std::string titleOf(const Host& host, Part part) {
    return host.tr("staff.device." + std::string(doctor::name(part)));
}

struct VerdictLook {
    const char* icon;
    const char* key;
    Mood mood;
    TilePair pair;
};

VerdictLook verdictLook(Verdict verdict) {
    if (verdict == Verdict::Good) return {"check_circle", "staff.device.good", Mood::Ok, TilePair::Green};
    if (verdict == Verdict::Warning) return {"warning", "staff.device.warning", Mood::Warn, TilePair::Orange};
    return {"error", "staff.device.bad", Mood::Danger, TilePair::Red};
}

Colour inkOfMood(Mood mood) {
    if (mood == Mood::Ok) return Colour::Ok;
    return mood == Mood::Warn ? Colour::Warn : Colour::Danger;
}

/// The first of these keys that has words.
std::string firstOf(const Host& host, std::initializer_list<std::string> keys,
                    const base::Words::Values& values) {
    for (const auto& key : keys)
        if (host.tr(key) != key) return host.tr(key, values);
    return {};
}

}  // namespace

FindingWords wordsOf(const Host& host, const Finding& finding) {
    auto values = finding.values;
    for (auto& [name, value] : values) value = base::clean(value);
    const auto own = "staff.device." + finding.subject + "." + finding.what;
    FindingWords words{firstOf(host,
                               {own, "tool.doctor." + finding.subject + "." + finding.what,
                                "staff.device." + finding.subject + ".bad"},
                               values),
                       {}};
    if (words.state.empty() && finding.problem) words.state = problemText(host, *finding.problem).title;
    if (finding.verdict != Verdict::Good)
        words.todo = firstOf(
            host, {own + ".do", "staff.device." + finding.subject + ".do", "staff.device.do"}, values);
    return words;
}

namespace {

std::string stateWords(const Host& host, const Finding& finding) {
    const auto told = wordsOf(host, finding);
    const auto verdict = host.tr(verdictLook(finding.verdict).key);
    return told.state.empty() ? verdict : verdict + ": " + told.state;
}

}  // namespace

DevicesPage::DevicesPage(Host& host, StaffView who, Calls calls)
    : host_(host), who_(std::move(who)), calls_(std::move(calls)) {}

bool DevicesPage::back() {
    if (!leaving_) return false;
    leaving_ = false;
    host_.refresh();
    return true;
}

bool DevicesPage::isUnderWay(Part part) const {
    return std::ranges::find(underWay_, part) != underWay_.end();
}

void DevicesPage::test(Part part) {
    if (isUnderWay(part)) return;
    underWay_.push_back(part);
    auto& scheduler = host_.services().scheduler;
    scheduler.background([this, &scheduler, token = lifetime_.token(), examine = calls_.examine, part] {
        auto finding = std::make_shared<Finding>(examine(part));
        scheduler.onUi(token, [this, part, finding] { tested(part, std::move(*finding)); });
    });
    host_.refresh();
}

void DevicesPage::tested(Part part, Finding finding) {
    std::erase(underWay_, part);
    if (calls_.tested) calls_.tested(part, finding.verdict);
    found_.insert_or_assign(part, std::move(finding));
    host_.refresh();
}

ViewRef DevicesPage::render() {
    Views cards;
    for (const auto part : doctor::kParts) cards.push_back(partCard(part));
    return staffBody(host_, "page.devices",
                     {head(), grid(2, std::move(cards), {.gap = 24, .minWidth = kCardWidth})});
}

Views DevicesPage::buttons() {
    Views all{button({.id = "devices.all",
                      .label = unbroken(host_.tr("staff.device.test_all")),
                      .icon = "refresh",
                      .kind = ButtonKind::Primary,
                      .enabled = underWay_.size() < doctor::kParts.size(),
                      .onPress =
                          [this] {
                              for (const auto part : doctor::kParts) test(part);
                          },
                      .spoken = host_.tr("staff.device.test_all")})};
    if (auto print = printButton(host_, [this] { return sheet(); })) {
        print->label = unbroken(host_.tr("staff.device.print"));
        print->spoken = host_.tr("staff.device.print");
        print->enabled = !found_.empty() && underWay_.empty();
        all.push_back(button(std::move(*print)));
    }
    if (calls_.leaveFullScreen && wire::allows(who_.role, wire::Permission::LeaveFullScreen))
        all.push_back(button({.id = "devices.leave",
                              .label = unbroken(host_.tr("staff.device.leave")),
                              .icon = "fullscreen_exit",
                              .onPress =
                                  [this] {
                                      leaving_ = true;
                                      host_.refresh();
                                  },
                              .spoken = host_.tr("staff.device.leave")}));
    return all;
}

ViewRef DevicesPage::head() {
    auto words =
        column({paragraph(host_.tr("staff.section.devices"), {.role = Type::Title, .heading = true}),
                plainText(host_.tr("staff.device.what"), {.role = Type::Caption, .colour = Colour::Muted})},
               {.gap = 6});
    return card(column({std::move(words), wrap(buttons(), 18), leaving_ ? leaving() : nullptr}, {.gap = 18}),
                {.padding = 28});
}

/// Asked once, where everybody sees it: behind it lies a computer that anybody could use.
ViewRef DevicesPage::leaving() {
    auto stay = button({.id = "devices.stay",
                        .label = unbroken(host_.tr("staff.device.leave.stay")),
                        .icon = "close",
                        .onPress = [this] { back(); },
                        .spoken = host_.tr("staff.device.leave.stay")});
    auto go = button({.id = "devices.go",
                      .label = unbroken(host_.tr("staff.device.leave.go")),
                      .icon = "fullscreen_exit",
                      .kind = ButtonKind::Danger,
                      .onPress =
                          [this] {
                              leaving_ = false;
                              host_.refresh();
                              calls_.leaveFullScreen();
                          },
                      .spoken = host_.tr("staff.device.leave.go")});
    return banner({.mood = Mood::Warn,
                   .icon = "warning",
                   .title = host_.tr("staff.device.leave.title"),
                   .text = host_.tr("staff.device.leave.what"),
                   .action = wrap({std::move(stay), std::move(go)}, 18),
                   .id = "devices.leaving"});
}

/// How it stands, and what to do.
Views DevicesPage::standingOf(Part part) const {
    const auto id = "device." + std::string(doctor::name(part));
    const auto found = found_.find(part);
    if (isUnderWay(part) || found == found_.end())
        return {plainText(host_.tr(isUnderWay(part) ? "staff.device.testing" : "staff.device.not_tested"),
                          {.role = Type::Caption, .colour = Colour::Muted, .id = id + ".state"})};
    const auto verdict = verdictLook(found->second.verdict);
    const auto ink = inkOfMood(verdict.mood);
    const auto told = wordsOf(host_, found->second);
    auto state = plainText(stateWords(host_, found->second),
                           {.role = Type::CaptionStrong, .colour = ink, .id = id + ".state"});
    return {row({icon(verdict.icon, 30, ink), grow(std::move(state))},
                {.gap = 10, .align = Align::Start, .flow = false}),
            told.todo.empty() ? nullptr : plainText(told.todo, {.role = Type::Caption, .id = id + ".do"})};
}

ViewRef DevicesPage::partCard(Part part) {
    const auto found = found_.find(part);
    const bool known = found != found_.end() && !isUnderWay(part);
    const auto label = host_.tr(found == found_.end() ? "staff.device.test" : "staff.device.test_again");
    auto again = button({.id = "device." + std::string(doctor::name(part)) + ".test",
                         .label = unbroken(label),
                         .icon = "refresh",
                         .kind = ButtonKind::Chip,
                         .enabled = !isUnderWay(part),
                         .onPress = [this, part] { test(part); },
                         .spoken = label + ": " + titleOf(host_, part)});
    auto words = standingOf(part);
    words.insert(words.begin(), plainText(titleOf(host_, part), {.role = Type::SmallStrong}));
    const bool large = largeText(host_);
    if (large) words.push_back(row({again}));
    auto mark = iconTile(iconOf(part), known ? verdictLook(found->second.verdict).pair : TilePair::Slate, 72);
    auto told = grow(column(std::move(words), {.gap = large ? 14.0 : 6.0}));
    return card(row({std::move(mark), std::move(told), large ? nullptr : std::move(again)},
                    {.gap = 20, .align = Align::Start, .flow = false}),
                {.padding = 26});
}

/// Readiness, as it was tested: by whom, and what is left to do.
paper::Sheet DevicesPage::sheet() const {
    auto sheet = sheetFromHere(host_);
    sheet.blocks.push_back(paper::Title{host_.tr("staff.device.paper.title")});
    paper::Rows rows;
    std::vector<std::string> todo;
    for (const auto part : doctor::kParts) {
        const auto found = found_.find(part);
        if (found == found_.end()) {
            rows.rows.push_back({titleOf(host_, part), host_.tr("staff.device.not_tested")});
            continue;
        }
        const auto told = wordsOf(host_, found->second);
        rows.rows.push_back({titleOf(host_, part), stateWords(host_, found->second)});
        if (!told.todo.empty()) todo.push_back(titleOf(host_, part) + ": " + told.todo);
    }
    sheet.blocks.push_back(std::move(rows));
    if (!todo.empty()) {
        sheet.blocks.push_back(paper::Heading{host_.tr("staff.device.paper.todo")});
        sheet.blocks.push_back(paper::Items{paper::Items::Mark::Box, std::move(todo)});
    }
    sheet.blocks.push_back(paper::Rule{});
    sheet.blocks.push_back(paper::Small{host_.tr("staff.device.paper.by", {{"name", who_.name}})});
    return sheet;
}

}  // namespace tram::screens
