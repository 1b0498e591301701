#include <algorithm>

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"
#include "ui/screens/staff/ConsentScreen.h"
#include "ui/screens/staff/PapersPage.h"

namespace tram::screens {

using namespace kit;
using base::ProblemKind;
namespace situation = papers::situation;

namespace {

/// Why no page came of a picture, or no PDF of pages.
std::string paperProblem(const Host& host, const base::Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::PageMissing:
        case ProblemKind::SeveralPages:
        case ProblemKind::IdentityPaper: {
            const auto text = problemText(host, problem);
            return text.title + ". " + text.what;
        }
        case ProblemKind::HelperFailed:
            return host.tr("staff.papers.problem.helper");
        case ProblemKind::TooLarge:
            return host.tr("staff.papers.full.bytes");
        default:
            return host.tr("staff.papers.problem.unreadable");
    }
}

ButtonOptions keyed(const Host& host, std::string id, const char* key, const char* sign, int function,
                    Action press) {
    const auto label = host.tr(key);
    return {.id = std::move(id),
            .label = label + " · F" + std::to_string(function),
            .icon = sign,
            .onPress = std::move(press),
            .spoken = label,
            .wide = true,
            .shortcut = Shortcut{WXK_F1 + function - 1}};
}

}  // namespace

ViewRef PapersPage::asking() const {
    const auto& file = host_.services().duty->helping().file();
    const bool refused = file && file->refused;
    auto ask = primary("papers.ask", host_.tr("staff.papers.ask"), "record_voice_over",
                       [&host = host_] { host.open(std::make_unique<ConsentScreen>(host, nullptr)); });
    return column({banner({.mood = refused ? Mood::Warn : Mood::Info,
                           .icon = refused ? "block" : "privacy_tip",
                           .text = host_.tr(refused ? "staff.papers.refused" : "staff.papers.needs_consent"),
                           .id = "papers.closed"}),
                   row({button(std::move(ask))})},
                  {.gap = 18});
}

ViewRef PapersPage::capturing() {
    auto view = flow().captured() ? captured(*flow().captured()) : filming();
    if (work_->mayIdentity) return view;
    return column({banner({.mood = Mood::Info,
                           .icon = "badge",
                           .text = host_.tr("staff.papers.no_identity"),
                           .id = "papers.no_identity"}),
                   view},
                  {.gap = 18});
}

ViewRef PapersPage::beside(ViewRef picture, Views words) const {
    auto told = column(std::move(words), {.gap = 18});
    if (largeText(host_) || host_.theme().portrait()) return column({picture, told}, {.gap = 18});
    return row({grow(column({picture}), 3), grow(told, 2)}, {.gap = 28, .align = Align::Start, .even = true});
}

/// What to do, what is being done, or what became of it.
ViewRef PapersPage::state() const {
    const auto said = [](Mood mood, const char* sign, std::string text) {
        return banner(
            {.mood = mood, .icon = sign, .text = std::move(text), .id = "papers.state", .lines = 2});
    };
    const auto& now = flow().state();
    if (failed_) return said(Mood::Warn, "error_outline", host_.tr("staff.papers.take_failed"));
    if (const auto* why = std::get_if<situation::Failed>(&now))
        if (!taking_) return said(Mood::Warn, "error_outline", paperProblem(host_, why->why));
    if (const auto* full = std::get_if<situation::Full>(&now))
        return said(Mood::Warn, "inventory_2",
                    full->limit == papers::Limit::Bytes
                        ? host_.tr("staff.papers.full.bytes")
                        : host_.tr("staff.papers.full.pages", {{"max", std::to_string(work_->most)}}));
    if (std::holds_alternative<situation::Cleaning>(now))
        return said(Mood::Info, "hourglass_empty", host_.tr("staff.papers.cleaning"));
    if (std::holds_alternative<situation::Binding>(now))
        return said(Mood::Info, "hourglass_empty", host_.tr("staff.papers.binding"));
    if (taking_) return said(Mood::Info, "hourglass_empty", host_.tr("staff.papers.taking"));
    return said(Mood::Info, "document_scanner", host_.tr("staff.papers.how"));
}

ViewRef PapersPage::filming() {
    auto take = keyed(host_, "papers.take", "staff.papers.take", "photo_camera", 9, [this] { this->take(); });
    take.kind = ButtonKind::Primary;
    take.enabled = looking_ && !taking_ && !camera_.problem();
    ViewRef picture;
    if (camera_.problem()) {
        const auto text = problemText(host_, *camera_.problem());
        picture = banner({.mood = Mood::Warn,
                          .icon = text.icon,
                          .title = text.title,
                          .text = text.what,
                          .id = "papers.camera"});
    } else {
        picture = camera_.film({.aim = false, .mirror = false, .spoken = host_.tr("staff.papers.film")});
    }
    return beside(std::move(picture), {state(), button(std::move(take)), attachButton()});
}

ViewRef PapersPage::captured(const papers::PaperPage& page) {
    auto again = keyed(host_, "papers.again", "staff.papers.again", "replay", 9, [this] { flow().retake(); });
    auto keep = keyed(host_, "papers.keep", "staff.papers.keep", "check", 10, [this] { flow().accept(); });
    keep.kind = ButtonKind::Primary;
    auto turn = button({.id = "papers.turn",
                        .label = host_.tr("staff.papers.turn"),
                        .icon = "rotate_right",
                        .onPress = [this] { flow().rotateCaptured(); },
                        .wide = true});
    const bool lies = page.quarters % 2 == 1;
    const double width = lies ? page.height : page.width, height = lies ? page.width : page.height;
    auto picture = photo({.id = "papers.captured",
                          .key = "papers/captured/" + std::to_string(page.number),
                          .jpeg = shown(-page.number, page.jpeg),
                          .height = pictureHeight(host_),
                          .ratio = width > 0 ? height / width : 0,
                          .quarters = page.quarters,
                          .spoken = host_.tr("staff.papers.captured")});
    const char* key = page.uprightSure ? "staff.papers.captured.what" : "staff.papers.captured.turned";
    auto told = banner({.mood = page.uprightSure ? Mood::Info : Mood::Warn,
                        .icon = page.uprightSure ? "visibility" : "screen_rotation",
                        .text = host_.tr(key),
                        .id = "papers.look"});
    return beside(std::move(picture), {told, button(std::move(keep)), turn, button(std::move(again))});
}

ViewRef PapersPage::attachButton() {
    if (flow().pages().empty()) return nullptr;
    auto attach =
        keyed(host_, "papers.attach", "staff.papers.attach", "attach_file", 11, [this] { this->attach(); });
    attach.enabled = !taking_ && !std::holds_alternative<situation::Cleaning>(flow().state()) &&
                     !std::holds_alternative<situation::Binding>(flow().state());
    if (!trouble_) return button(std::move(attach));
    const auto text = problemText(host_, *trouble_);
    return column(
        {banner({.mood = Mood::Warn, .icon = text.icon, .text = text.title, .id = "papers.trouble"}),
         button(std::move(attach))},
        {.gap = 18});
}

/// By their time: a file's name may say whose it is.
ViewRef PapersPage::scans() {
    if (!scans_.folder) return nullptr;
    Views rows{paragraph(host_.tr("staff.papers.scans"), {.role = Type::Heading, .heading = true})};
    if (scans_.fresh.empty()) rows.push_back(muted(host_.tr("staff.papers.scans.none")));
    const bool room = looking_ && !taking_;
    for (std::size_t at = 0; at < scans_.fresh.size(); ++at) {
        const auto words = host_.tr("staff.papers.scan", {{"number", std::to_string(at + 1)},
                                                          {"time", clockTime(scans_.fresh[at].at)}});
        rows.push_back(row({grow(paragraph(words)),
                            button({.id = "scan." + std::to_string(at + 1),
                                    .label = unbroken(host_.tr("staff.papers.scan.take")),
                                    .icon = "add",
                                    .kind = ButtonKind::Chip,
                                    .enabled = room,
                                    .onPress = [this, file = scans_.fresh[at].path] { takeScan(file); },
                                    .spoken = host_.tr("staff.papers.scan.take") + ": " + words})},
                           {.gap = 16}));
    }
    if (scans_.older > 0)
        rows.push_back(muted(host_.tr("staff.papers.scans.older",
                                      {{"count", number(scans_.older, host_.session().language)}})));
    return card(column(std::move(rows), {.gap = 14}));
}

ViewRef PapersPage::pages() {
    const auto& kept = flow().pages();
    Views rows{paragraph(host_.tr("staff.papers.pages", {{"count", std::to_string(kept.size())},
                                                         {"max", std::to_string(work_->most)}}),
                         {.role = Type::Heading, .heading = true, .id = "papers.count"})};
    if (kept.empty()) {
        rows.push_back(muted(host_.tr("staff.papers.pages.none")));
        return card(column(std::move(rows), {.gap = 14}));
    }
    Views tiles;
    for (std::size_t at = 0; at < kept.size(); ++at) tiles.push_back(tileOf(kept[at], at));
    rows.push_back(chosenPage());
    rows.push_back(muted(host_.tr("staff.papers.pages.what")));
    rows.push_back(grid(host_.theme().portrait() ? 3 : 5, std::move(tiles), {.gap = 18, .minWidth = 220}));
    return card(column(std::move(rows), {.gap = 18}));
}

ViewRef PapersPage::tileOf(const papers::PaperPage& page, std::size_t at) {
    const auto words = host_.tr("staff.papers.page", {{"number", std::to_string(at + 1)}});
    const bool chosen = chosen_ == page.number;
    return pictureTile({.id = "page." + std::to_string(at + 1),
                        .key = "papers/" + std::to_string(page.number),
                        .jpeg = shown(page.number, page.thumbnail),
                        .quarters = page.quarters,
                        .caption = words,
                        .onPress =
                            [this, chosen, which = page.number] {
                                chosen_ = chosen ? std::nullopt : std::optional(which);
                                host_.refresh();
                            },
                        .selected = chosen,
                        .spoken = words});
}

/// What can be done to the page that was pressed.
ViewRef PapersPage::chosenPage() {
    if (!chosen_ || flow().captured()) return nullptr;
    const auto& kept = flow().pages();
    const auto at = static_cast<std::size_t>(std::ranges::find(kept, *chosen_, &papers::PaperPage::number) -
                                             kept.begin());
    const auto title = host_.tr("staff.papers.page", {{"number", std::to_string(at + 1)}});
    const auto chip = [&](const char* what, const char* key, const char* sign, bool enabled, Action press) {
        const auto label = host_.tr(key);
        return button({.id = std::string("page.") + what,
                       .label = unbroken(label),
                       .icon = sign,
                       .kind = ButtonKind::Chip,
                       .enabled = enabled,
                       .onPress = std::move(press),
                       .spoken = label + ": " + title});
    };
    auto chips =
        wrap({chip("earlier", "staff.papers.earlier", "arrow_back", at > 0,
                   [this, at] { flow().move(at, at - 1); }),
              chip("later", "staff.papers.later", "arrow_forward", at + 1 < kept.size(),
                   [this, at] { flow().move(at, at + 1); }),
              chip("turn", "staff.papers.turn", "rotate_right", true, [this, at] { flow().rotate(at); }),
              chip("remove", "staff.papers.remove", "delete", true, [this, at] { flow().remove(at); })});
    return card(
        column({plainText(title, {.role = Type::SmallStrong, .id = "page.chosen"}), chips}, {.gap = 14}),
        {.padding = 20, .fill = Colour::Surface, .radius = 24});
}

std::shared_ptr<const std::string> PapersPage::shown(int key, const base::SecretBytes& picture) {
    auto& bytes = shown_[key];
    if (!bytes) bytes = shownBytes(picture);
    return bytes;
}

}  // namespace tram::screens
