#include "ui/screens/TurnScreen.h"

#include "feedback/Receipt.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/CityListScreen.h"
#include "ui/screens/OfficeHours.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/ReceiptParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::TurnDesk;
namespace turning = turn::situation;

namespace {

constexpr double kTicketCode = 340;

std::string waitText(const Host& host, const std::optional<int>& waiting, const std::optional<int>& minutes) {
    if (!waiting) return {};
    auto text = *waiting == 0 ? host.tr("turn.waiting.none")
                              : host.tr("turn.waiting", {{"count", std::to_string(*waiting)}});
    if (minutes && *minutes > 0)
        text += " · " + host.tr("turn.minutes", {{"minutes", std::to_string(*minutes)}});
    return text;
}

std::string deskState(const Host& host, const TurnDesk& desk) {
    if (!desk.open)
        return desk.opens.empty() ? host.tr("turn.desk.closed")
                                  : host.tr("turn.desk.opens", {{"time", desk.opens}});
    return host.tr(desk.givesNumbers() ? "turn.desk.open" : "turn.desk.none_left");
}

}  // namespace

std::string aheadText(const Host& host, const wire::TurnTicket& ticket) {
    if (!ticket.ahead) return host.tr("turn.ahead.untold");
    auto text = *ticket.ahead == 0 ? host.tr("turn.ahead.none")
                                   : host.tr("turn.ahead", {{"count", std::to_string(*ticket.ahead)}});
    if (ticket.minutes && *ticket.minutes > 0)
        text += " · " + host.tr("turn.minutes", {{"minutes", std::to_string(*ticket.minutes)}});
    return text;
}

std::string ticketLink(const Host& host, const wire::TurnTicket& ticket) {
    return feedback::linkIn(host.session().language, host.services().station.publicUrl + "/l/" + ticket.id);
}

std::string visitLink(const Host& host, const wire::TurnTicket& ticket) {
    return feedback::linkIn(host.session().language,
                            host.services().station.publicUrl + "/r/" + ticket.visit);
}

TurnScreen::TurnScreen(Host& host, TurnErrand errand)
    : host_(host),
      errand_(std::move(errand)),
      flow_({host.services().turns, host.services().takeTurn},
            {errand_.office, errand_.procedure, errand_.code}, host.session().tickets,
            host.services().scheduler, host.services().clock) {
    flow_.onChange = [this] { host_.refresh(); };
    flow_.onTicket = [this](const wire::TurnTicket& ticket) {
        auto session = host_.session();
        session.tickets.push_back(ticket);
        host_.setSession(std::move(session));
    };
    flow_.start();
}

std::string TurnScreen::name() const {
    struct Namer {
        const char* operator()(const turning::AskingBoard&) { return "turn_asking"; }
        const char* operator()(const turning::Choosing&) { return "turn_desks"; }
        const char* operator()(const turning::Taking&) { return "turn_taking"; }
        const char* operator()(const turning::HasNumber&) { return "turn_ticket"; }
        const char* operator()(const turning::NoNumber&) { return "turn_none"; }
        const char* operator()(const turning::NotOffered&) { return "turn_not_offered"; }
        const char* operator()(const turning::TurnFailed&) { return "turn_problem"; }
    };
    return std::visit(Namer{}, flow_.state());
}

bool TurnScreen::back() {
    return flow_.back();
}

Page TurnScreen::render() {
    struct Show {
        TurnScreen& screen;
        Page operator()(const turning::AskingBoard&) {
            return screen.waiting(screen.host_.tr("turn.asking"));
        }
        Page operator()(const turning::Choosing& s) { return screen.desks(s.board); }
        Page operator()(const turning::Taking&) { return screen.waiting(screen.host_.tr("turn.taking")); }
        Page operator()(const turning::HasNumber& s) { return screen.ticket(s); }
        Page operator()(const turning::NoNumber& s) { return screen.none(s); }
        Page operator()(const turning::NotOffered& s) { return screen.notOffered(s.appointments); }
        Page operator()(const turning::TurnFailed& s) { return screen.failed(s); }
    };
    return std::visit(Show{*this}, flow_.state());
}

Page TurnScreen::waiting(const std::string& text) {
    return {.content = centredBody(
                host_, "page",
                {hero("confirmation_number", Mood::Info),
                 paragraph(text, {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

ButtonOptions TurnScreen::askForDay(bool main) {
    ButtonOptions options{.id = "appointment",
                          .label = host_.tr("appointment.ask"),
                          .icon = "event",
                          .kind = main ? ButtonKind::Primary : ButtonKind::Outline,
                          .onPress = [&host = host_, errand = errand_] {
                              if (errand.title.empty())  // a day is for something: that is chosen first
                                  return host.open(std::make_unique<CityListScreen>(host, "procedure"));
                              host.open(std::make_unique<AppointmentScreen>(host, errand));
                          }};
    options.main = main;
    return options;
}

std::vector<ButtonOptions> TurnScreen::otherWays(bool appointments) {
    if (!appointments)
        return {primary("home", host_.tr("action.home"), "home", [&host = host_] { host.home(); })};
    return {askForDay(true)};
}

ViewRef TurnScreen::deskRow(const TurnDesk& desk, std::size_t at) {
    return listRow({.id = "desk." + desk.id,
                    .icon = "confirmation_number",
                    .pair = desk.givesNumbers() ? TilePair::Green : TilePair::Slate,
                    .title = desk.name,
                    .state = deskState(host_, desk),
                    .mood = desk.givesNumbers() ? Mood::Ok : Mood::Warn,
                    .detail = waitText(host_, desk.waiting, desk.minutes),
                    .right = desk.givesNumbers() ? std::string() : host_.tr("turn.desk.other_ways"),
                    .onPress = [this, at] { flow_.choose(at); },
                    .opens = desk.givesNumbers()});
}

Page TurnScreen::desks(const wire::TurnBoard& board) {
    Views rows{title(host_.tr("turn.desks.title"))};
    if (!errand_.title.empty())
        rows.push_back(plainText(errand_.title, {.role = Type::BodyStrong, .id = "errand"}));
    rows.push_back(muted(host_.tr("turn.desks.what")));
    if (const auto hours = officeHours(host_, errand_.office); !hours.words.empty()) {
        rows.push_back(plainText(host_.tr("office.hours", {{"hours", hours.words}}), {.id = "office.hours"}));
        if (hours.now && !hours.now->open)
            rows.push_back(statusPill(
                {.text = hours.now->text, .mood = Mood::Warn, .icon = "schedule", .id = "office.open"}));
    }
    for (std::size_t at = 0; at < board.desks.size(); ++at) rows.push_back(deskRow(board.desks[at], at));
    rows.push_back(sourceLine(host_, board.source, board.asOf));
    Page page{.content = body(host_, "page.desks", std::move(rows))};
    if (board.appointments && !errand_.title.empty()) page.right.push_back(askForDay(false));
    return page;
}

/// The number as large as a page lets it be: it is read from a chair.
Page TurnScreen::ticket(const turning::HasNumber& state) {
    const auto& ticket = state.ticket;
    const bool beside = !host_.theme().portrait() && !largeText(host_);
    Views told{plainText(ticket.number, {.role = Type::Number,
                                         .align = Align::Centre,
                                         .bold = true,
                                         .heading = true,
                                         .id = "ticket.number",
                                         .spoken = ticket.number}),
               plainText(ticket.desk, {.role = Type::Title, .align = Align::Centre})};
    if (!ticket.officeName.empty())
        told.push_back(plainText(ticket.officeName, {.colour = Colour::Muted, .align = Align::Centre}));
    auto number = card(column(std::move(told), {.gap = 12}));
    number->id = "ticket";
    auto wait = banner({.mood = Mood::Info,
                        .icon = "groups",
                        .title = aheadText(host_, ticket),
                        .text = host_.tr(state.again ? "turn.again" : "turn.listen"),
                        .id = "ahead"});
    auto phone = card(row({qrCard(ticketLink(host_, ticket), kTicketCode, host_.tr("turn.phone")),
                           grow(column({paragraph(host_.tr("turn.phone"), {.role = Type::BodyStrong}),
                                        muted(host_.tr("turn.phone.what"))},
                                       {.gap = 12}))},
                          {.gap = 28}));
    phone->id = "ticket.phone";
    auto source = sourceLine(host_, ticket.source, ticket.asOf);
    Views rows{title(host_.tr("turn.title"))};
    if (beside)
        rows.push_back(row({grow(column({std::move(number), std::move(wait)})), grow(std::move(phone))},
                           {.align = Align::Start, .flow = false, .even = true}));
    else
        for (auto& view : Views{std::move(number), std::move(wait), std::move(phone)})
            rows.push_back(std::move(view));
    rows.push_back(std::move(source));
    Page page{.content = body(host_, "page.ticket", std::move(rows))};
    receiptButtons(host_, page, true,
                   printButton(host_, [&host = host_, ticket] { return ticketSheet(host, ticket); }));
    page.back = true;
    return page;
}

Page TurnScreen::none(const turning::NoNumber& state) {
    const bool closed = state.refusal == wire::TurnRefusal::Closed;
    std::string what = host_.tr(closed ? "turn.closed.what" : "turn.none_left.what", {{"desk", state.desk}});
    if (closed && !state.opens.empty())
        what += " " + host_.tr("turn.desk.opens", {{"time", state.opens}}) + ".";
    std::vector<std::string> now{host_.tr(state.appointments ? "turn.now.appointment" : "turn.now.later"),
                                 host_.tr("turn.now.any_ward"), host_.tr("turn.now.staff")};
    return {.content = problemView(host_, {closed ? "schedule" : "event_busy",
                                           host_.tr(closed ? "turn.closed.title" : "turn.none_left.title"),
                                           what, std::move(now), false, host_.tr("turn.kept.nothing")}),
            .staff = true,
            .right = otherWays(state.appointments)};
}

Page TurnScreen::notOffered(bool appointments) {
    return {.content = problemView(host_, {"confirmation_number",
                                           host_.tr("turn.not_offered.title"),
                                           host_.tr("turn.not_offered.what"),
                                           {host_.tr(appointments ? "turn.now.appointment" : "turn.now.desk"),
                                            host_.tr("turn.now.staff")}}),
            .staff = true,
            .right = otherWays(appointments)};
}

/// What is not known is not claimed: a number that was given while its answer got lost comes again.
Page TurnScreen::failed(const turning::TurnFailed& state) {
    auto text = problemText(host_, state.problem);
    const bool offline = state.problem.kind == base::ProblemKind::NoNetwork || !host_.online();
    const bool silent = state.problem.fact("detail") == "source";
    if (offline || silent) {
        text.title = host_.tr(offline ? "turn.offline.title" : "turn.silent.title");
        text.what = host_.tr(offline ? "turn.offline.what" : "turn.silent.what");
        text.now = {host_.tr("turn.now.appointment.offline"), host_.tr("turn.now.staff")};
    }
    if (state.problem.kind == base::ProblemKind::TooManyRequests) {
        text.title = host_.tr("turn.too_many.title");
        text.what = host_.tr("turn.too_many.what");
        text.now = {host_.tr("turn.now.staff")};
    }
    text.kept = host_.tr(state.taking ? "turn.kept.maybe" : "turn.kept.nothing");
    std::vector<ButtonOptions> right;
    if (flow_.appointments()) right.push_back(askForDay(false));
    right.push_back(primary("again", host_.tr("action.retry"), "refresh", [this] { flow_.again(); }));
    return {.content = problemView(host_, text), .staff = true, .right = std::move(right)};
}

}  // namespace tram::screens
