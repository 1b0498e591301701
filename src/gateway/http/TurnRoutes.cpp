#include "gateway/http/TurnRoutes.h"

#include "base/TrackingCode.h"
#include "calendar/WorkingDays.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

constexpr long kAskQueueAgain = 15;
constexpr const char* kTurnLookAgain = "20";  // seconds

void answerQueue(Exchange& exchange, const base::Problem& problem) {
    if (problem.fact("detail") == "source") return answerSilentSource(exchange.response, kAskQueueAgain);
    const std::string wait(problem.fact("retry_after_s"));
    if (!wait.empty()) return answerProblem(exchange.response, 429, std::stol(wait));
    answerProblem(exchange.response, problem);
}

std::string clockOf(const std::string& rfc3339) {
    return rfc3339.size() >= 16 ? rfc3339.substr(11, 5) : "";
}

std::string aheadShown(const Pages& pages, const std::string& language, const wire::TurnTicket& ticket) {
    if (ticket.over) return pages.say(language, "web.turn.over");
    if (!ticket.ahead) return pages.say(language, "web.turn.untold");
    if (*ticket.ahead == 0) return pages.say(language, "web.turn.next");
    auto text = pages.say(language, "web.turn.ahead", {{"count", std::to_string(*ticket.ahead)}});
    if (ticket.minutes)
        text += " " + pages.say(language, "turn.minutes", {{"minutes", std::to_string(*ticket.minutes)}});
    return text;
}

bool isOver(const wire::AppointmentStatus& status) {
    return status.state == wire::AppointmentState::Confirmed ||
           status.state == wire::AppointmentState::Refused ||
           status.state == wire::AppointmentState::Withdrawn;
}

}  // namespace

TurnRoutes::TurnRoutes(Desk desk, Guesses& guesses, const Pages& pages)
    : desk_(desk), guesses_(guesses), pages_(pages) {
    auto& router = desk_.router;
    router.get("/v1/offices/{office}/turns", [this](Exchange& exchange) { board(exchange); });
    router.post(
        "/v1/offices/{office}/turns", wire::TurnRequest::kMaxBytes,
        [this](Exchange& exchange) { take(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
    router.get("/v1/turns/{id}", [this](Exchange& exchange) { number(exchange); });
    router.get("/v1/appointments/{code}", [this](Exchange& exchange) { appointment(exchange); });
    router.get("/l/{id}", [this](Exchange& exchange) { ticketPage(exchange); });
    router.get("/hen/{code}", [this](Exchange& exchange) { appointmentPage(exchange); });
}

void TurnRoutes::board(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    // Names that are made up are not passed on without end.
    const std::optional<Kiosk> asks(*kiosk);
    const Guesses::Asking asking{exchange, asks, "office"};
    if (const auto wait = guesses_.tooMany(asking))
        return answerProblem(exchange.response, 429, wait->count());
    if (!wire::isOfficeId(exchange.place())) return answerProblem(exchange.response, 404);
    const auto board = desk_.city.turns.board(exchange.place(), exchange.now);
    if (!board) return answerQueue(exchange, board.error());
    if (!*board) {
        if (exchange.place() != kiosk->ward) guesses_.missed(asking);
        return answerProblem(exchange.response, 404);
    }
    exchange.reply(200, (*board)->toJson());
}

void TurnRoutes::take(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto request = wire::TurnRequest::parse(exchange.body);
    if (!request) return answerProblem(exchange.response, 400);
    if (!wire::isOfficeId(exchange.place())) return answerProblem(exchange.response, 404);
    const auto answer =
        desk_.city.turns.take({kiosk->id, kiosk->ward}, exchange.place(), *request, exchange.now);
    if (!answer) return answerQueue(exchange, answer.error());
    exchange.reply(200, answer->toJson());
}

/// Its page, for a kiosk at which it is scanned.
void TurnRoutes::number(Exchange& exchange) {
    if (!authenticate(desk_, exchange)) return;
    const auto id = exchange.place();
    if (!wire::isUuid(id)) return answerProblem(exchange.response, 404);
    auto found = desk_.city.turns.ticket(id, exchange.now);
    if (!found) return answerProblem(exchange.response, found.error());
    if (!*found) return answerProblem(exchange.response, 404);
    exchange.reply(200, wire::TurnAnswer{std::move(**found)}.toJson());
}

/// Nothing stands in it that only one person may know, and a number of 74 random bits is not guessed.
void TurnRoutes::ticketPage(Exchange& exchange) {
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto id = exchange.place();
    const auto other = otherLanguage("/l/" + id, language);
    const auto found = wire::isUuid(id) ? desk_.city.turns.ticket(id, exchange.now)
                                        : base::Result<std::optional<wire::TurnTicket>>(std::nullopt);
    if (!found) return answerProblem(exchange.response, found.error());
    if (!*found) return showOutcome(exchange, pages_, 404, "turn_none", language, other);
    const auto& ticket = **found;
    if (!ticket.over) exchange.response.set_header("Refresh", kTurnLookAgain);
    pages_.show(exchange,
                {.language = language,
                 .title = "web.turn.title",
                 .main = pages_.fill("turn.html", language,
                                     {{"number", ticket.number},
                                      {"desk", ticket.desk},
                                      {"office", ticket.officeName},
                                      {"ahead", aheadShown(pages_, language, ticket)},
                                      {"listen", ticket.over ? "" : pages_.say(language, "turn.listen")},
                                      {"origin", pages_.say(language, "web.turn.origin",
                                                            {{"source", ticket.source},
                                                             {"time", clockOf(ticket.asOf)},
                                                             {"taken", clockOf(ticket.takenAt)}})}}),
                 .otherUrl = other,
                 .formTargets = "'none'"});
}

base::Result<std::optional<wire::AppointmentStatus>> TurnRoutes::lookUp(Exchange& exchange, bool& tooMany) {
    const auto kiosk = kioskIfAny(desk_, exchange);
    if (!kiosk) return tl::unexpected(kiosk.error());
    const auto code = base::TrackingCode::parse(exchange.place());
    const Guesses::Asking asking{exchange, *kiosk, code ? code->prefix() : std::string()};
    if (const auto wait = guesses_.tooMany(asking)) {
        tooMany = true;
        answerProblem(exchange.response, 429, wait->count());
        return std::nullopt;
    }
    if (!code) {
        guesses_.missed(asking);
        return std::nullopt;
    }
    auto& turns = desk_.city.turns;
    auto found = desk_.city.appointments.status(
        code->symbols(), turns.connected() ? turns.source()->sourceName() : "", exchange.now);
    if (found && !*found) guesses_.missed(asking);
    return found;
}

void TurnRoutes::appointment(Exchange& exchange) {
    bool tooMany = false;
    const auto found = lookUp(exchange, tooMany);
    if (!found) return answerProblem(exchange.response, found.error());
    if (tooMany) return;
    if (!*found) return answerProblem(exchange.response, 404);
    exchange.reply(200, (*found)->toJson());
}

void TurnRoutes::appointmentPage(Exchange& exchange) {
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto code = base::TrackingCode::parse(exchange.place());
    const auto other = otherLanguage("/hen/" + (code ? code->symbols() : std::string("-")), language);
    bool tooMany = false;
    const auto found = lookUp(exchange, tooMany);
    if (!found) return answerProblem(exchange.response, found.error());
    if (tooMany) return;
    if (!*found) return showOutcome(exchange, pages_, 404, "appointment_none", language, other);
    const auto& status = **found;
    const auto state = std::string(wire::name(status.state));
    const bool confirmed = status.state == wire::AppointmentState::Confirmed;
    const auto half = pages_.say(language, "appointment.half." + std::string(wire::name(status.half)));
    pages_.show(
        exchange,
        {.language = language,
         .title = "web.appointment.title",
         .main = pages_.fill(
             "appointment.html", language,
             {{"look", confirmed ? "ok" : "notice"},
              {"state", pages_.say(language, "appointment.state." + state)},
              {"what", pages_.say(language, "appointment.what." + state,
                                  {{"day", calendar::shown(confirmed ? status.confirmedDay : status.day)},
                                   {"time", status.confirmedTime.empty() ? half : status.confirmedTime}})},
              {"reason", status.reason.empty()
                             ? ""
                             : pages_.say(language, "appointment.reason", {{"reason", status.reason}})},
              {"procedure", status.procedureName},
              {"office", wardName(desk_.city.wards, status.office)},
              {"desk", status.desk},
              {"later", isOver(status) ? "" : pages_.say(language, "web.appointment.later")},
              {"code", base::TrackingCode::group(status.trackingCode)}}),
         .otherUrl = other,
         .formTargets = "'none'"});
}

}  // namespace tram::gateway
