// The resident's own dossiers: their list, none of them, and what is there before logging in.
#include "ui/screens/DossierParts.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::DossierStatus;

ViewRef DossierScreen::mineRow(const DossierStatus& status, std::size_t at) {
    const auto timeline = dossier::timelineOf(status, host_.services().clock.wall());
    const auto mood = moodOf(timeline.outlook, status.state);
    return listRow({.id = "dossier." + std::to_string(at),
                    .icon = dossierIcon(status.state),
                    .pair = pairOf(mood),
                    .title = status.procedure,
                    .state = plainState(host_, status, timeline.outlook),
                    .mood = mood,
                    .detail = status.code,
                    .onPress = [this, at] { flow_.show(at); },
                    .opens = true});
}

Page DossierScreen::listed(const wire::MyDossiers& mine) {
    Views rows{title(host_.tr("dossier.mine"))};
    for (std::size_t at = 0; at < mine.dossiers.size(); ++at) rows.push_back(mineRow(mine.dossiers[at], at));
    rows.push_back(sourceLine(host_, mine.source, mine.asOf));
    return {.content = body(host_, "page.mine", std::move(rows)), .right = {again()}};
}

Page DossierScreen::noneOfMine() {
    return {.content = outcomeBody(host_, {.icon = "folder_shared",
                                           .mood = Mood::Info,
                                           .title = host_.tr("dossier.mine.none.title"),
                                           .what = host_.tr("dossier.mine.none.what"),
                                           .ways = {whatToDo(host_, {host_.tr("dossier.mine.none.now.1"),
                                                                     host_.tr("dossier.mine.none.now.2")})}}),
            .right = {primary("by_code", host_.tr("dossier.by_code"), "edit", [&host = host_] {
                host.back();
                host.open(std::make_unique<DossierScreen>(host));
            })}};
}

/// Nobody has, or the quarter of an hour of a login is over.
Page DossierScreen::loginFirst() {
    return {
        .content = outcomeBody(host_, {.icon = "folder_shared",
                                       .mood = Mood::Info,
                                       .title = host_.tr("dossier.mine.login.title"),
                                       .what = host_.tr("dossier.mine.login.what"),
                                       .ways = {whatToDo(host_, {host_.tr("dossier.mine.login.now.1"),
                                                                 host_.tr("dossier.mine.login.now.2")})}}),
        .right = {primary("login", host_.tr("dossier.mine.login.button"), "qr_code_2", [this] {
            host_.open(
                std::make_unique<LoginScreen>(host_, LoginScreen::From::Dossiers, [this] { askMine(); }));
        })}};
}

}  // namespace tram::screens
