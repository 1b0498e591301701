#include "ui/screens/RatingsScreen.h"

#include "calendar/WorkingDays.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/RatingScreen.h"
#include "ui/screens/ScanScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

ViewRef RatingsScreen::way(const std::string& id, const char* icon, TilePair pair, Action onPress) const {
    return listRow({.id = id,
                    .icon = icon,
                    .pair = pair,
                    .title = host_.tr("rate." + id),
                    .detail = host_.tr("rate." + id + ".hint"),
                    .onPress = std::move(onPress),
                    .opens = true});
}

Page RatingsScreen::render() {
    if (dossier_) return dossierPage();
    Views rows{title(host_.tr("rate.title"))};
    rows.push_back(way("visit", "confirmation_number", TilePair::Blue,
                       [&host = host_] { host.open(std::make_unique<ScanScreen>(host)); }));
    rows.push_back(way("dossier", "folder_shared", TilePair::Green, [this] {
        dossier_ = true;
        host_.refresh();
    }));
    rows.push_back(
        way("kiosk", "sentiment_satisfied", TilePair::Yellow, [&host = host_] { rateKiosk(host); }));
    rows.push_back(way("fault", "build", TilePair::Orange,
                       [&host = host_] { host.open(std::make_unique<FaultScreen>(host)); }));
    rows.push_back(muted(host_.tr("rate.who_reads")));
    return {.content = body(host_, "page.ratings", std::move(rows))};
}

bool RatingsScreen::back() {
    if (!dossier_) return false;
    dossier_ = false;
    host_.refresh();
    return true;
}

/// A code alone does not rate: whoever reads it off somebody's slip could.
Page RatingsScreen::dossierPage() {
    return {.content = outcomeBody(host_, {.icon = "folder_shared",
                                           .mood = Mood::Info,
                                           .title = host_.tr("rate.dossier.title"),
                                           .what = host_.tr("rate.dossier.what"),
                                           .ways = {whatToDo(host_, {host_.tr("rate.dossier.now.1"),
                                                                     host_.tr("rate.dossier.now.2")})}}),
            .right = {{.id = "mine",
                       .label = host_.tr("dossier.mine"),
                       .icon = "folder_shared",
                       .onPress =
                           [&host = host_] {
                               host.open(std::make_unique<DossierScreen>(host, DossierScreen::Begin::Mine));
                           }},
                      primary("scan", host_.tr("scan.button"), "qr_code_scanner",
                              [&host = host_] { host.open(std::make_unique<ScanScreen>(host)); })}};
}

Page VisitDayScreen::render() {
    return {.content = outcomeBody(
                host_, {.icon = "event_busy",
                        .title = host_.tr("visit.other_day.title"),
                        .what = host_.tr("visit.other_day.what", {{"day", day(base::WallTime(day_))}}),
                        .ways = {whatToDo(
                            host_, {host_.tr("visit.other_day.now.1"), host_.tr("visit.other_day.now.2")})}}),
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

/// Only its day is looked at here: whether it is ours the gateway knows.
void rateVisit(Host& host, const wire::VisitToken& ticket) {
    if (ticket.day != calendar::dayInCity(host.services().clock.wall()))
        return host.open(std::make_unique<VisitDayScreen>(host, ticket.day));
    wire::Rating subject;
    subject.about = wire::Rating::About::Visit;
    subject.proof = base::SecretText(ticket.text());
    auto about = host.tr("rating.about.visit", {{"office", wardName(host.services(), ticket.ward)}});
    host.open(std::make_unique<RatingScreen>(host, std::move(subject), std::move(about)));
}

}  // namespace tram::screens
