#include "ui/screens/NumberScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/TurnScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using base::ProblemKind;

NumberScreen::NumberScreen(Host& host, std::string id) : host_(host), id_(std::move(id)) {
    ask();
}

std::string NumberScreen::name() const {
    if (std::holds_alternative<Asking>(state_)) return "number_asking";
    return std::holds_alternative<Failed>(state_) ? "number_problem" : "number";
}

void NumberScreen::ask() {
    state_ = Asking{};
    host_.refresh();
    auto& scheduler = host_.services().scheduler;
    scheduler.background(
        [this, &scheduler, token = lifetime_.token(), ask = host_.services().turn, id = id_] {
            scheduler.onUi(token, [this, ticket = ask(id)] {
                if (ticket)
                    state_ = *ticket;
                else
                    state_ = Failed{ticket.error()};
                host_.refresh();
            });
        });
}

Page NumberScreen::render() {
    if (const auto* ticket = std::get_if<wire::TurnTicket>(&state_)) return stands(*ticket);
    if (const auto* failed_ = std::get_if<Failed>(&state_)) return failed(failed_->problem);
    return {.content =
                centredBody(host_, "page",
                            {hero("confirmation_number", Mood::Info),
                             paragraph(host_.tr("number.asking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

Page NumberScreen::stands(const wire::TurnTicket& ticket) {
    Views told{plainText(ticket.number, {.role = Type::Number,
                                         .align = Align::Centre,
                                         .bold = true,
                                         .heading = true,
                                         .id = "ticket.number",
                                         .spoken = ticket.number}),
               plainText(ticket.desk, {.role = Type::Title, .align = Align::Centre})};
    if (!ticket.officeName.empty())
        told.push_back(plainText(ticket.officeName, {.colour = Colour::Muted, .align = Align::Centre}));
    auto wait = banner({.mood = ticket.over ? Mood::Warn : Mood::Info,
                        .icon = ticket.over ? "event_busy" : "groups",
                        .title = ticket.over ? host_.tr("number.over") : aheadText(host_, ticket),
                        .text = host_.tr(ticket.over ? "number.over.now" : "turn.listen"),
                        .id = "ahead"});
    return {.content = body(host_, "page.number",
                            {title(host_.tr("turn.title")), card(column(std::move(told), {.gap = 12})),
                             std::move(wait), sourceLine(host_, ticket.source, ticket.asOf)}),
            .right = {primary("again", host_.tr("action.refresh"), "refresh", [this] { ask(); })}};
}

Page NumberScreen::failed(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    if (problem.kind == ProblemKind::NotFound)
        text = {"confirmation_number",
                host_.tr("number.none.title"),
                host_.tr("number.none.what"),
                {host_.tr("number.none.now"), host_.tr("turn.now.staff")}};
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { ask(); })}};
}

}  // namespace tram::screens
