#include "ui/screens/AccountScreen.h"

#include <algorithm>

#include "ui/screens/DossierScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/MyReportsScreen.h"
#include "ui/screens/MyServicesScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using account::Asked;

AccountScreen::AccountScreen(Host& host, Part part)
    : host_(host),
      part_(part),
      flow_(host.services().mine, host.services().scheduler, host.services().clock) {
    if (auto fields = host.services().fields()) fields_ = std::move(fields->fields);
    flow_.onChange = [this] {
        tellHome();
        host_.refresh();
    };
    flow_.onOver = [this] { loggedOut(); };
}

std::string AccountScreen::name() const {
    if (!host_.session().resident) return "mine_over";
    switch (part_) {
        case Part::All:
            return "mine";
        case Part::News:
            return "mine_news";
        case Part::Appointments:
            return "mine_appointments";
        case Part::Documents:
            return link_.empty() ? "mine_documents" : "mine_document";
        case Part::Details:
            return "mine_account";
        case Part::Consents:
            return "mine_consents";
    }
    return "mine";
}

/// Asked anew each time it stands on top: what was looked at above it may have changed it.
void AccountScreen::covered(bool covered) {
    if (!covered && link_.empty()) ask();
}

bool AccountScreen::back() {
    if (link_.empty()) return false;
    link_.clear();
    host_.refresh();
    return true;
}

void AccountScreen::ask() {
    const auto who = host_.session().resident;
    if (who != askedFor_) flow_.forget();
    askedFor_ = who;
    switch (part_) {
        case Part::All:
        case Part::News:
            return flow_.askNotices(who);
        case Part::Appointments:
            return flow_.askAppointments(who);
        case Part::Documents:
            return flow_.askDocuments(who);
        case Part::Details:
            return flow_.askAccount(who);
        case Part::Consents:
            return flow_.askConsents(who);
    }
}

/// Also before its time, when the gateway says so: nothing goes on naming who has logged in.
void AccountScreen::loggedOut() {
    flow_.forget();
    auto session = host_.session();
    session.resident = nullptr;
    session.chosen = {};
    host_.setSession(std::move(session));
}

/// Home's button has the same count.
void AccountScreen::tellHome() {
    using At = Asked<wire::MyNotices>::At;
    auto session = host_.session();
    const bool known = flow_.notices().at == At::Here && session.chosen.whose == session.resident;
    if (!session.resident || !known || session.chosen.news == flow_.news()) return;
    session.chosen.news = flow_.news();
    host_.setSession(std::move(session));
}

template <class Answer>
Page AccountScreen::partly(const Asked<Answer>& asked, Page (AccountScreen::*page)(const Answer&)) {
    if (asked.at == Asked<Answer>::At::Failed) return failed(asked.problem);
    return asked.value ? (this->*page)(*asked.value) : asking();
}

Page AccountScreen::render() {
    if (!host_.session().resident) return over();  // whoever stands here by then sees nothing
    switch (part_) {
        case Part::All:
            return overview();
        case Part::News:
            return partly(flow_.notices(), &AccountScreen::newsPage);
        case Part::Appointments:
            return partly(flow_.appointments(), &AccountScreen::appointmentsPage);
        case Part::Documents:
            if (!link_.empty()) return documentPage(link_);
            return partly(flow_.documents(), &AccountScreen::documentsPage);
        case Part::Details:
            return detailsPage();
        case Part::Consents:
            return partly(flow_.consents(), &AccountScreen::consentsPage);
    }
    return over();
}

std::string AccountScreen::newsState() const {
    const auto& notices = flow_.notices();
    if (notices.at == Asked<wire::MyNotices>::At::Failed) return host_.tr("mine.news.unknown");
    if (!notices.value) return host_.tr("mine.news.asking");
    const auto count = flow_.news();
    return count == 0 ? host_.tr("mine.news.none")
                      : host_.tr("mine.news.count", {{"count", std::to_string(count)}});
}

std::string AccountScreen::newsOf(wire::MyNotice::About about) const {
    const auto count = flow_.news(about);
    return count == 0 ? std::string() : host_.tr("mine.news.count", {{"count", std::to_string(count)}});
}

ViewRef AccountScreen::partRow(const char* id, const char* icon, TilePair pair, Action onPress,
                               std::string state, Mood mood) {
    const std::string words = std::string("mine.part.") + id;
    return listRow({.id = std::string("part.") + id,
                    .icon = icon,
                    .pair = pair,
                    .title = host_.tr(words),
                    .state = std::move(state),
                    .mood = mood,
                    .detail = largeText(host_) ? std::string() : host_.tr(words + ".hint"),
                    .onPress = std::move(onPress),
                    .opens = true});
}

Action AccountScreen::opens(Part part) {
    return [&host = host_, part] { host.open(std::make_unique<AccountScreen>(host, part)); };
}

Page AccountScreen::overview() {
    auto& host = host_;
    using About = wire::MyNotice::About;
    return {
        .content = tilesBody(
            host_, "page.mine",
            {title(host_.tr("mine.title")),
             partRow("news", "notifications", TilePair::Red, opens(Part::News), newsState(),
                     flow_.news() > 0 ? Mood::Warn : Mood::Info),
             partRow(
                 "reports", "campaign", TilePair::Orange,
                 [&host] { host.open(std::make_unique<MyReportsScreen>(host)); }, newsOf(About::Report)),
             partRow(
                 "dossiers", "folder_shared", TilePair::Blue,
                 [&host] { host.open(std::make_unique<DossierScreen>(host, DossierScreen::Begin::Mine)); },
                 newsOf(About::Dossier)),
             partRow("appointments", "event", TilePair::Violet, opens(Part::Appointments)),
             partRow("documents", "badge", TilePair::Teal, opens(Part::Documents)),
             partRow("services", "apps", TilePair::Green,
                     [&host] { host.open(std::make_unique<MyServicesScreen>(host)); }),
             partRow("account", "account_circle", TilePair::Violet, opens(Part::Details)),
             partRow("consents", "verified_user", TilePair::Slate, opens(Part::Consents))},
            kDefault),
        .right = {again()}};
}

ButtonOptions AccountScreen::again() {
    return {
        .id = "again", .label = host_.tr("action.refresh"), .icon = "refresh", .onPress = [this] { ask(); }};
}

Page AccountScreen::asking() {
    return {.content =
                centredBody(host_, "page",
                            {hero("cloud_sync", Mood::Info),
                             paragraph(host_.tr("mine.asking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

Page AccountScreen::failed(const base::Problem& problem) {
    if (part_ == Part::Documents && problem.kind == base::ProblemKind::NotFound) return noDocuments(true);
    auto text = problemText(host_, problem);
    if (problem.kind == base::ProblemKind::ServerFault && problem.fact("detail") == "source")
        text = {"cloud_off",
                host_.tr("mine.source_away.title"),
                host_.tr("mine.source_away.what"),
                {host_.tr("mine.source_away.now.1"), host_.tr("mine.source_away.now.2")}};
    text.kept = host_.tr("mine.kept");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { ask(); })}};
}

Page AccountScreen::over() {
    return loginOverPage(host_);  // back on top it asks by itself
}

std::string AccountScreen::fieldName(const std::string& id) const {
    const auto field = std::ranges::find(fields_, id, &wire::FeedbackField::id);
    return field == fields_.end() ? host_.tr("myreports.report") : field->label.in(host_.session().language);
}

/// A link is shown as a code only where this station's list of hosts has it.
bool AccountScreen::mayShow(const std::string& link) const {
    return wire::isOnList(link, host_.services().config.guides.linkHosts);
}

}  // namespace tram::screens
