#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/SurveyScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

/// Why somebody has to log in, and that the answers stay theirs.
Page SurveyScreen::loginPage(bool again) {
    const bool isSigned = flow_.form().identity == form::Identity::Signed;
    return {.content = outcomeBody(
                host_, {.icon = "how_to_vote",
                        .mood = Mood::Info,
                        .title = host_.tr(again ? "survey.login.again" : "survey.login.title"),
                        .what = host_.tr(isSigned ? "survey.login.signed" : "survey.login.once")}),
            .right = {{.id = "login",
                       .label = host_.tr("survey.login.button"),
                       .icon = "qr_code_2",
                       .kind = ButtonKind::Vneid,
                       .onPress = [this] {
                           host_.open(std::make_unique<LoginScreen>(host_, LoginScreen::From::Survey, [this] {
                               flow_.setResident(host_.session().resident);
                               host_.refresh();
                           }));
                       }}}};
}

Page SurveyScreen::waitPage(const char* key, const char* icon) {
    return {.content = centredBody(
                host_, "page",
                {hero(icon, Mood::Info),
                 paragraph(host_.tr(key), {.role = Type::Title, .align = Align::Centre, .heading = true})}),
            .back = false,
            .end = false};
}

Page SurveyScreen::noTokenPage(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.title = host_.tr("survey.no_token.title");
    text.what = host_.tr("survey.no_token.what");
    text.kept = host_.tr("survey.no_token.kept");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { flow_.retry(); })}};
}

Page SurveyScreen::keepFailedPage(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.what = host_.tr("survey.failed.what");
    const bool large = problem.kind == base::ProblemKind::TooLarge;
    if (large) text.title = host_.tr("survey.too_large.title");
    if (large) text.now = {host_.tr("survey.too_large.now")};
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { flow_.retry(); })}};
}

Page SurveyScreen::notTakenPage(const std::string& title, const std::string& what) {
    return {.content =
                outcomeBody(host_, {.icon = "how_to_vote", .mood = Mood::Info, .title = title, .what = what}),
            .back = false,
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

Page SurveyScreen::donePage(base::WallTime at) {
    const bool isSigned = flow_.form().identity == form::Identity::Signed;
    auto what = host_.tr("survey.done.what", {{"time", clockTime(at)}});
    if (!host_.online()) what += ' ' + host_.tr("survey.done.late");
    return {.content = outcomeBody(
                host_, {.icon = "task_alt",
                        .mood = Mood::Ok,
                        .title = host_.tr("survey.done.title"),
                        .what = what,
                        .ways = {},
                        .kept = host_.tr(isSigned ? "survey.done.signed" : "survey.done.anonymous")}),
            .back = false,
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

}  // namespace tram::screens
