#include "ui/screens/MyReportsScreen.h"

#include <algorithm>

#include "base/TrackingCode.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/StatusParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using base::TrackingCode;

MyReportsScreen::MyReportsScreen(Host& host) : host_(host) {
    if (auto fields = host.services().fields()) fields_ = std::move(fields->fields);
    ask();
}

std::string MyReportsScreen::name() const {
    struct Namer {
        const char* operator()(const Asking&) { return "my_reports_asking"; }
        const char* operator()(const Listed& listed) {
            return listed.all.reports.empty() ? "my_reports_none" : "my_reports";
        }
        const char* operator()(const Over&) { return "my_reports_over"; }
        const char* operator()(const Failed&) { return "my_reports_problem"; }
    };
    return std::visit(Namer{}, state_);
}

void MyReportsScreen::ask() {
    state_ = Asking{};
    host_.refresh();
    const auto& services = host_.services();
    const auto resident = host_.session().resident;
    if (!resident || !resident->tokenIsGood(services.clock.boot())) return loggedOut();
    auto& scheduler = services.scheduler;
    scheduler.background([this, &scheduler, resident, token = lifetime_.token(), ask = services.myReports] {
        auto answer = std::make_shared<base::Result<link::MyReports>>(ask(resident->accessToken));
        scheduler.onUi(token, [this, answer] { answered(std::move(*answer)); });
    });
}

void MyReportsScreen::answered(base::Result<link::MyReports> reports) {
    if (reports)
        state_ = Listed{std::move(*reports)};
    else if (reports.error().kind == base::ProblemKind::Unauthorized)
        loggedOut();
    else
        state_ = Failed{reports.error()};
    host_.refresh();
}

/// Also before its time, when the gateway says so: nothing goes on naming who has logged in.
void MyReportsScreen::loggedOut() {
    auto session = host_.session();
    session.resident = nullptr;
    host_.setSession(std::move(session));
}

Page MyReportsScreen::render() {
    if (!host_.session().resident) state_ = Over{};  // whoever stands here by then sees no list
    if (const auto* list = std::get_if<Listed>(&state_))
        return list->all.reports.empty() ? none() : listed(list->all);
    if (std::holds_alternative<Over>(state_)) return over();
    if (const auto* failed = std::get_if<Failed>(&state_)) {
        const auto text = problemText(host_, failed->problem);
        return {.content = problemView(host_, text),
                .staff = text.staff,
                .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { ask(); })}};
    }
    return {.content =
                centredBody(host_, "page",
                            {hero("cloud_sync", Mood::Info),
                             paragraph(host_.tr("follow.asking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

std::string MyReportsScreen::fieldName(const std::string& id) const {
    const auto field =
        std::find_if(fields_.begin(), fields_.end(), [&](const auto& f) { return f.id == id; });
    return field == fields_.end() ? host_.tr("myreports.report") : field->label.in(host_.session().language);
}

ViewRef MyReportsScreen::reportRow(const link::MyReports::One& report) {
    return listRow({.id = "report." + report.code,
                    .icon = stateIcon(report.state),
                    .pair = pairOf(moodOf(report.state)),
                    .title = fieldName(report.fieldId),
                    .state = stateName(host_, report.state),
                    .mood = moodOf(report.state),
                    .detail = host_.tr("myreports.detail", {{"code", TrackingCode::group(report.code)},
                                                            {"day", day(report.receivedAt)}}),
                    .onPress =
                        [this, code = report.code] {
                            host_.open(std::make_unique<FollowScreen>(host_, code, base::SecretText(),
                                                                      "login.myreports"));
                        },
                    .opens = true});
}

Page MyReportsScreen::listed(const link::MyReports& all) {
    Views rows{title(host_.tr("login.myreports")), muted(host_.tr("myreports.what"))};
    for (const auto& report : all.reports) rows.push_back(reportRow(report));
    rows.push_back(sourceLine(host_, all.source, all.asOf));
    return {
        .content = body(host_, "page", std::move(rows)),
        .right = {{.id = "again", .label = host_.tr("action.refresh"), .icon = "refresh", .onPress = [this] {
                       ask();
                   }}}};
}

Page MyReportsScreen::none() {
    return {.content = outcomeBody(host_, {.icon = "list_alt",
                                           .mood = Mood::Info,
                                           .title = host_.tr("myreports.none.title"),
                                           .what = host_.tr("myreports.none.what"),
                                           .ways = {whatToDo(host_, {host_.tr("myreports.none.now.1"),
                                                                     host_.tr("myreports.none.now.2")})}}),
            .right = {primary("report", host_.tr("action.report"), "campaign", [&host = host_] {
                host.back();
                openFeedback(host);
            })}};
}

Page MyReportsScreen::over() {
    return loginOverPage(host_, [this] { ask(); });
}

}  // namespace tram::screens
