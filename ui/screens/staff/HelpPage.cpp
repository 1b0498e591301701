#include "ui/screens/staff/HelpPage.h"

#include <algorithm>

#include "assist/ReportDraft.h"
#include "calendar/WorkingDays.h"
#include "campaign/Progress.h"
#include "content/WardCampaigns.h"
#include "ui/kit/Chart.h"
#include "ui/screens/CityParts.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/HomeScreen.h"
#include "ui/screens/HomeServices.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/ScanScreen.h"
#include "ui/screens/TurnScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using assist::Disposition;

namespace {

constexpr base::Millis kTick{1000};
constexpr std::array kDispositions{Disposition::Helped, Disposition::Referred, Disposition::Left};

std::string twoDigits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

void openHome(Host& host, std::string_view id) {
    const auto service =
        std::ranges::find(kHomeServices, id, [](const HomeService& one) { return std::string_view(one.id); });
    openService(host, *service);
}

}  // namespace

std::string elapsedText(base::Millis elapsed) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
    const auto rest = twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
    return seconds < 3600 ? rest : std::to_string(seconds / 3600) + ":" + rest;
}

namespace {

void openTurn(Host& host) {
    host.open(
        std::make_unique<TurnScreen>(host, TurnErrand{host.services().config.turns.office, "", "", ""}));
}

}  // namespace

/// Its words are staff.way.<id>; the key beside it is the same in every language.
struct HelpPage::Way {
    const char* id;
    const char* icon;
    int key;  ///< F1, F2, …
    void (*open)(Host&);
    bool needsLine;  ///< said before it starts, not after it was filled in
};

namespace {

std::string keyName(int number) {
    return "F" + std::to_string(number);
}

}  // namespace

HelpPage::HelpPage(Host& host) : host_(host) {
    readCampaign();
    tick();
}

void HelpPage::readCampaign() {
    const auto* session = host_.services().duty->session();
    if (!session || !session->may(wire::Permission::CountAppHelp)) return;
    auto& scheduler = host_.services().scheduler;
    scheduler.background([this, &scheduler, token = lifetime_.token(),
                          cache = content::WardCampaigns(host_.services().config.dataDir)] {
        auto told = std::make_shared<base::Result<wire::Campaigns>>(cache.read());
        scheduler.onUi(token, [this, told] {
            if (!*told || (*told)->all.empty()) return;
            campaign_ = std::move((*told)->all.front());
            host_.refresh();
        });
    });
}

/// How the campaign that ends next has gone these days.
ViewRef HelpPage::week() const {
    constexpr std::size_t kDays = 7;
    if (!campaign_) return nullptr;
    auto line = campaign::lineOf(*campaign_, calendar::dayInCity(host_.services().clock.wall()));
    if (line.size() > kDays) line.erase(line.begin(), line.end() - kDays);
    ChartOptions chart{
        .id = "help.week", .spoken = host_.tr("staff.campaign.days"), .marks = {}, .height = 160};
    for (const auto& day : line)
        chart.marks.push_back({calendar::shown(day.day).substr(0, 5), static_cast<double>(day.count),
                               std::to_string(day.count), calendar::shown(day.day)});
    const campaign::Progress now{campaign_->counted(), campaign_->target()};
    const auto told = campaign_->title.in(host_.session().language) + ": " + std::to_string(now.counted) +
                      (now.target > 0 ? " / " + std::to_string(now.target) : std::string());
    return card(column({paragraph(told, {.role = Type::Heading, .heading = true}),
                        chart.marks.empty() ? nullptr : barChart(std::move(chart))},
                       {.gap = 16}));
}

/// Supervisors alone see it.
ViewRef HelpPage::lockedOut() {
    const auto& locked = host_.services().duty->lockedOut();
    if (locked.empty()) return nullptr;
    Views rows{paragraph(host_.tr("staff.locked_out"), {.role = Type::Heading, .heading = true})};
    for (const auto& member : locked) {
        const auto name =
            member.empty() ? host_.tr("staff.locked_out.station") : host_.services().staffName(member);
        rows.push_back(
            row({grow(paragraph(name.empty() ? member : name)),
                 button({.id = "unlock." + (member.empty() ? std::string("station") : member),
                         .label = host_.tr("staff.unlock"),
                         .icon = "lock_open",
                         .onPress = [this, member] { host_.services().duty->unlockStaff(member); }})},
                {.gap = 16}));
    }
    return card(column(std::move(rows), {.gap = 12}));
}

/// The time beside the resident; only that is drawn again.
void HelpPage::tick() {
    host_.services().scheduler.after(kTick, ticking_.token(), [this] {
        host_.refresh();
        tick();
    });
}

ViewRef HelpPage::wayButton(const Way& way) {
    const bool away = way.needsLine && !host_.online();
    return button({.id = std::string("way.") + way.id,
                   .label = unbroken(host_.tr(std::string("staff.way.") + way.id) + " · " + keyName(way.key)),
                   .icon = away ? "cloud_off" : way.icon,
                   .onPress = [this, &way] { way.open(host_); },
                   .spoken = host_.tr(std::string("staff.way.") + way.id) +
                             (away ? ", " + host_.tr("staff.way.no_line") : std::string()),
                   .close = true,
                   .shortcut = Shortcut{WXK_F1 + way.key - 1}});
}

/// Two or four abreast: none stands alone in its row.
ViewRef HelpPage::ways() {
    static constexpr std::array<Way, 8> kWays = {{
        {"dossier", "folder_shared", 1, [](Host& host) { openHome(host, "dossier"); }, true},
        {"feedback", "campaign", 2, [](Host& host) { openHome(host, "feedback"); }, false},
        {"install", "install_mobile", 3, [](Host& host) { openHome(host, "install"); }, false},
        {"procedures", "menu_book", 4, [](Host& host) { openHome(host, "procedures"); }, false},
        {"turn", "confirmation_number", 5, openTurn, true},
        {"scan", "qr_code_scanner", 6, [](Host& host) { host.open(std::make_unique<ScanScreen>(host)); },
         false},
        {"rating", "sentiment_satisfied", 7, [](Host& host) { openHome(host, "rating"); }, false},
        {"all", "apps", 8, [](Host& host) { host.open(std::make_unique<HomeScreen>(host)); }, false},
    }};
    Views buttons;
    for (const auto& way : kWays)
        if (way.open != openTurn || !host_.services().config.turns.office.empty())
            buttons.push_back(wayButton(way));
    const bool narrow = host_.theme().portrait() || largeText(host_);
    return grid(narrow ? 2 : 4, std::move(buttons), {.gap = 16, .minWidth = 200});
}

ViewRef HelpPage::resident() {
    const auto& helping = host_.services().duty->helping();
    auto next = primary("next", unbroken(host_.tr("staff.next") + " · F12"), "person_add",
                        [this] { host_.nextResident(disposition_); });
    next.spoken = host_.tr("staff.next");
    next.shortcut = Shortcut{WXK_F12};
    auto head =
        row({grow(paragraph(host_.tr("staff.resident"), {.role = Type::Title, .heading = true})),
             statusPill({.text = elapsedText(helping.elapsed()),
                         .mood = Mood::Info,
                         .id = "elapsed",
                         .spoken = host_.tr("staff.elapsed", {{"time", elapsedText(helping.elapsed())}})}),
             button(std::move(next))},
            {.gap = 18});
    return card(column({head, ways(), muted(host_.tr("staff.resident.what"))}, {.gap = 20}));
}

/// What stands open of this resident: that there is consent, and how they are known; nothing of whose it is.
ViewRef HelpPage::file() {
    const auto& opened = host_.services().duty->helping().file();
    if (!opened) return nullptr;
    const bool agreed = opened->consent.has_value();
    auto text = agreed ? host_.tr(opened->consent->how == wire::Handling::How::Touch ? "staff.file.touch"
                                                                                     : "staff.file.aloud",
                                  {{"time", clockTime(opened->consent->at)}})
                       : host_.tr("staff.file.refused");
    const auto known = host_.tr("staff.file.known." + std::string(assist::name(opened->identified)));
    Views ways;
    if (agreed) {
        ways.push_back(button({.id = "file.vneid",
                               .label = host_.tr("staff.file.vneid"),
                               .icon = "qr_code_2",
                               .onPress = [this] { host_.open(std::make_unique<LoginScreen>(host_)); }}));
        ways.push_back(
            button(scanButton(host_, "file.card", "staff.file.card", [this](const identity::CitizenCard&) {
                host_.services().duty->identify(assist::Identified::ByCard);
                host_.refresh();
            })));
        ways.push_back(button({.id = "file.withdraw",
                               .label = host_.tr("staff.file.withdraw"),
                               .icon = "block",
                               .onPress = [this] { host_.nextResident(Disposition::RefusedConsent); }}));
    }
    return card(
        column({row({icon(agreed ? "verified_user" : "block", 36, Colour::Primary),
                     grow(column({paragraph(text, {.role = Type::BodyStrong, .id = "file"}), muted(known)},
                                 {.gap = 4}))},
                    {.gap = 16, .flow = false}),
                ways.empty() ? nullptr : row(std::move(ways), {.gap = 16})},
               {.gap = 16}));
}

ViewRef HelpPage::drafts() {
    const auto& offered = host_.services().duty->drafts();
    if (!mayRestore() || (offered.empty() && !draftTrouble_)) return nullptr;
    Views rows{paragraph(host_.tr("staff.drafts"), {.role = Type::Heading, .heading = true})};
    if (draftTrouble_)
        rows.push_back(banner({.mood = Mood::Warn,
                               .icon = "error_outline",
                               .text = problemText(host_, *draftTrouble_).what,
                               .id = "draft.trouble"}));
    for (const auto& draft : offered)
        rows.push_back(
            row({grow(paragraph(host_.tr("staff.draft", {{"time", clockTime(draft.savedAt)}}))),
                 button({.id = "draft.drop." + draft.id,
                         .label = host_.tr("staff.draft.drop"),
                         .icon = "delete",
                         .onPress = [this, id = draft.id] { host_.services().duty->discardDraft(id); }}),
                 button(primary("draft.restore." + draft.id, host_.tr("staff.draft.restore"), "restore",
                                [this, id = draft.id] { restore(id); }))},
                {.gap = 16}));
    return card(column(std::move(rows), {.gap = 16}));
}

/// Never into the file of somebody else: whoever has come since is asked anew, or has not come yet.
bool HelpPage::mayRestore() const {
    return !host_.services().duty->helping().file() && !host_.session().resident;
}

void HelpPage::restore(const std::string& id) {
    host_.services().duty->restoreDraft(
        id, [this, alive = lifetime_.token()](base::Result<base::SecretBytes> read) {
            return !alive.expired() && mayRestore() && goOnWith(std::move(read));
        });
}

bool HelpPage::goOnWith(base::Result<base::SecretBytes> read) {
    const auto bytes =
        read ? std::string_view(reinterpret_cast<const char*>(read->reveal().data()), read->reveal().size())
             : std::string_view();
    auto draft = read ? assist::draftFrom(bytes) : tl::unexpected(read.error());
    const auto fields = host_.services().fields();
    draftTrouble_.reset();
    if (!draft || !fields) {
        draftTrouble_ = draft ? fields.error() : draft.error();
        host_.refresh();
        return false;
    }
    auto screen = std::make_unique<FeedbackScreen>(host_, *fields);
    screen->restore(*draft);
    host_.open(std::move(screen));
    return true;
}

/// How it came out, for the log; the usual one stands there already.
ViewRef HelpPage::ending() {
    Views choices;
    for (const auto choice : kDispositions) {
        const auto word = std::string(assist::name(choice));
        choices.push_back(staffChoice("disposition." + word, host_.tr("staff.disposition." + word),
                                      disposition_ == choice, [this, choice] {
                                          disposition_ = choice;
                                          host_.refresh();
                                      }));
    }
    auto over = button({.id = "staff.end",
                        .label = unbroken(host_.tr("staff.end")),
                        .icon = "logout",
                        .onPress = [this] { host_.endStaff(); },
                        .close = true});
    return card(row({paragraph(host_.tr("staff.disposition"), {.role = Type::BodyStrong}),
                     grow(wrap(std::move(choices), 12)), over},
                    {.gap = 24}));
}

ViewRef HelpPage::trouble() const {
    if (!host_.services().duty->trouble()) return nullptr;
    return banner({.mood = Mood::Warn,
                   .icon = "error_outline",
                   .title = host_.tr("staff.log_trouble.title"),
                   .text = host_.tr("staff.log_trouble.what"),
                   .id = "log.trouble"});
}

ViewRef HelpPage::render() {
    return staffBody(host_, "page.help",
                     {trouble(), resident(), lockedOut(), drafts(), file(), ending(), week()});
}

}  // namespace tram::screens
