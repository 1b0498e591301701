#include "ui/screens/FollowScreen.h"

#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/ScanScreen.h"
#include "ui/screens/StatusParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using base::TrackingCode;
namespace situation = feedback::situation;

namespace {

std::shared_ptr<TextEdit> codeEdit() {
    // Ten symbols and three dashes; a little room so that a slip shows instead of being swallowed.
    return std::make_shared<TextEdit>(
        TextEdit::Options{.limit = 16, .accept = Accept::Code, .format = &TrackingCode::group});
}

const char* verdictKey(TrackingCode::Typed verdict) {
    switch (verdict) {
        case TrackingCode::Typed::Complete:
            return "follow.verdict.complete";
        case TrackingCode::Typed::WrongCheck:
            return "follow.verdict.wrong_check";
        case TrackingCode::Typed::ForeignSymbol:
            return "follow.verdict.foreign_symbol";
        case TrackingCode::Typed::TooLong:
            return "follow.verdict.too_long";
        case TrackingCode::Typed::Incomplete:
            break;
    }
    return "follow.verdict.incomplete";
}

bool isSlip(TrackingCode::Typed verdict) {
    return verdict != TrackingCode::Typed::Complete && verdict != TrackingCode::Typed::Incomplete;
}

}  // namespace

FollowScreen::FollowScreen(Host& host, const std::string& code, base::SecretText secret, const char* title)
    : host_(host),
      direct_(!code.empty()),
      title_(title),
      flow_([status = host.services().status,
             secret = std::make_shared<const base::SecretText>(std::move(secret))](
                const std::string& code) { return status(code, *secret); },
            host.services().outbox, host.services().scheduler, host.services().appointment),
      code_(codeEdit()) {
    flow_.onChange = [this] { host_.refresh(); };
    code_->onChange = [this] { flow_.type(code_->text()); };
    if (!direct_) return;
    code_->set(code);
    flow_.ask();
}

std::string FollowScreen::name() const {
    struct Namer {
        const char* operator()(const situation::TypingCode&) { return "follow_code"; }
        const char* operator()(const situation::AskingGateway&) { return "follow_asking"; }
        const char* operator()(const situation::Found&) { return "follow_status"; }
        const char* operator()(const situation::FoundAppointment&) { return "follow_appointment"; }
        const char* operator()(const situation::NotArrived&) { return "follow_not_arrived"; }
        const char* operator()(const situation::AskFailed&) { return "follow_problem"; }
    };
    return std::visit(Namer{}, flow_.state());
}

bool FollowScreen::back() {
    if (direct_ || std::holds_alternative<situation::TypingCode>(flow_.state())) return false;
    flow_.another();
    code_->clear();
    return true;
}

void FollowScreen::ask() {
    host_.leaveField();
    flow_.ask();
}

Page FollowScreen::render() {
    const auto& state = flow_.state();
    if (const auto* typed = std::get_if<situation::TypingCode>(&state)) return typing(*typed);
    if (const auto* result = std::get_if<situation::Found>(&state)) return found(result->status);
    if (const auto* result = std::get_if<situation::FoundAppointment>(&state))
        return appointment(result->status);
    if (const auto* result = std::get_if<situation::NotArrived>(&state)) return notArrived(result->waitsHere);
    if (const auto* result = std::get_if<situation::AskFailed>(&state)) return failed(result->problem);
    return asking();
}

Page FollowScreen::typing(const situation::TypingCode& state) {
    const bool slip = isSlip(state.verdict);
    const std::string verdict = code_->empty() ? std::string() : host_.tr(verdictKey(state.verdict));
    auto field = textField({.id = "code",
                            .model = code_,
                            .placeholder = "K7M-3Q9-X2T-W",
                            .label = host_.tr("follow.label"),
                            .error = slip ? verdict : "",
                            .hint = slip ? "" : verdict,
                            .large = true});
    auto main = primary("ask", host_.tr("follow.ask"), "search", [this] { ask(); });
    main.enabled = state.verdict == TrackingCode::Typed::Complete;
    return {.content =
                body(host_, "page", {title(host_.tr("follow.title")), muted(host_.tr("follow.help")), field}),
            .left = {scanButton(host_, "scan", "scan.button")},
            .right = {std::move(main)},
            .fields = {{"code", {code_, KeyboardLayout::Code, [this] { ask(); }}}},
            .focus = "code"};
}

Page FollowScreen::asking() {
    return {.content =
                centredBody(host_, "page",
                            {hero("cloud_sync", Mood::Info),
                             paragraph(host_.tr("follow.asking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

Page FollowScreen::found(const wire::FeedbackStatus& status) {
    const bool over =
        status.state == wire::FeedbackState::Answered || status.state == wire::FeedbackState::Refused;
    std::vector<Fact> rows;
    const auto fact = [&](const char* key, const std::string& value) {
        if (!value.empty()) rows.push_back({host_.tr(key), value});
    };
    fact("follow.status.code", TrackingCode::group(status.trackingCode));
    fact("follow.status.number", status.externalNumber);
    fact("follow.status.unit", status.unit);
    if (!over) fact("follow.status.due", day(status.due));
    Views lines{title(host_.tr(title_)), stateBanner(host_, status), card(facts(std::move(rows)))};
    if (over && status.opened)
        lines.push_back(answerCard(host_, status));
    else if (over)
        lines.push_back(
            banner({.mood = Mood::Info,
                    .icon = "qr_code_scanner",
                    .text = host_.tr("follow.status.answer") + "\n" + host_.tr("follow.status.lost")}));
    lines.push_back(history(host_, status));
    lines.push_back(sourceLine(host_, status.source, status.asOf));
    return {
        .content = body(host_, "page", std::move(lines)),
        .right = {{.id = "again", .label = host_.tr("action.refresh"), .icon = "refresh", .onPress = [this] {
                       flow_.again();
                   }}}};
}

Page FollowScreen::appointment(const wire::AppointmentStatus& status) {
    Page page{
        .content = body(host_, "page",
                        {title(host_.tr("appointment.title")), appointmentBanner(host_, status),
                         appointmentFacts(host_, status), sourceLine(host_, status.source, status.asOf)}),
        .right = {{.id = "again", .label = host_.tr("action.refresh"), .icon = "refresh", .onPress = [this] {
                       flow_.again();
                   }}}};
    const TurnErrand same{host_.services().config.turns.office, "", "", status.procedureName};
    if (status.state == wire::AppointmentState::Refused && same.office == status.office)
        page.right.push_back(primary("another", host_.tr("appointment.another"), "event", [this, same] {
            host_.open(std::make_unique<AppointmentScreen>(host_, same));
        }));
    return page;
}

Page FollowScreen::notArrived(bool waitsHere) {
    const auto code = TrackingCode::group(flow_.code());
    const ProblemText text{"cloud_queue",
                           host_.tr("follow.notarrived.title"),
                           host_.tr("follow.notarrived.what", {{"code", code}}) + "\n" +
                               host_.tr(waitsHere ? "follow.notarrived.here" : "follow.notarrived.elsewhere"),
                           {host_.tr("follow.notarrived.now.1"), host_.tr("follow.notarrived.now.2")}};
    return {.content = problemView(host_, text),
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { flow_.again(); })}};
}

Page FollowScreen::failed(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    ViewRef phone;
    if (problem.kind == base::ProblemKind::NoNetwork) {
        text.now.front() = host_.tr("problem.offline.now.scan");
        const auto link = host_.services().station.publicUrl + "/t/" + flow_.code();
        phone = row({qrCard(feedback::linkIn(host_.session().language, link), 300, host_.tr("receipt.qr"))},
                    {.justify = Align::Centre});
    }
    return {.content = problemView(host_, text, nullptr, std::move(phone)),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { flow_.again(); })}};
}

}  // namespace tram::screens
