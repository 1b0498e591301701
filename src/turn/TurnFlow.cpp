#include "turn/TurnFlow.h"

#include <algorithm>

namespace tram::turn {

using base::ProblemKind;
using base::Result;

TurnFlow::TurnFlow(Ask ask, Wish wish, std::vector<wire::TurnTicket> taken, base::Scheduler& scheduler,
                   const base::Clock& clock)
    : ask_(std::move(ask)),
      wish_(std::move(wish)),
      taken_(std::move(taken)),
      scheduler_(scheduler),
      clock_(clock) {}

void TurnFlow::set(TurnState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

void TurnFlow::start() {
    lifetime_.renew();
    failedWhileTaking_ = false;
    set(situation::AskingBoard{});
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.board, office = wish_.office] {
            auto board = std::make_shared<Result<wire::TurnBoard>>(ask(office));
            ui.onUi(token, [this, board] { answered(std::move(*board)); });
        });
}

void TurnFlow::answered(Result<wire::TurnBoard> board) {
    if (!board && board.error().kind == ProblemKind::NotFound) {
        appointments_ = false;
        return set(situation::NotOffered{});
    }
    if (!board) return set(situation::TurnFailed{board.error()});
    appointments_ = board->appointments;
    if (!wish_.procedure.empty())
        std::erase_if(board->desks,
                      [&](const auto& desk) { return !desk.serves(wish_.procedure, wish_.code); });
    if (board->desks.empty()) return set(situation::NotOffered{appointments_});
    board_ = *board;
    set(situation::Choosing{std::move(*board)});
}

const wire::TurnTicket* TurnFlow::hadFor(const std::string& desk) const {
    const auto found = std::ranges::find_if(
        taken_, [&](const auto& ticket) { return ticket.office == wish_.office && ticket.deskId == desk; });
    return found == taken_.end() ? nullptr : &*found;
}

void TurnFlow::choose(std::size_t which) {
    const auto* choosing = std::get_if<situation::Choosing>(&state_);
    if (!choosing || which >= choosing->board.desks.size()) return;
    take(wire::TurnDesk(choosing->board.desks[which]));
}

void TurnFlow::take(const wire::TurnDesk& desk) {
    if (const auto* had = hadFor(desk.id)) return set(situation::HasNumber{*had, true});
    if (!desk.givesNumbers())
        return set(situation::NoNumber{desk.open ? wire::TurnRefusal::NoneLeft : wire::TurnRefusal::Closed,
                                       desk.name, desk.opens, appointments_});
    desk_ = desk;
    // What was not answered may have been given: the same desk is asked for that one.
    if (!request_ || request_->desk != desk.id)
        request_ = wire::TurnRequest{base::Uuid::v7(clock_.wall()), desk.id};
    send();
}

void TurnFlow::send() {
    lifetime_.renew();
    set(situation::Taking{*desk_});
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.take,
                           office = wish_.office, request = *request_] {
        auto answer = std::make_shared<Result<wire::TurnAnswer>>(ask(office, request));
        ui.onUi(token, [this, answer] { taken(std::move(*answer)); });
    });
}

void TurnFlow::taken(Result<wire::TurnAnswer> answer) {
    failedWhileTaking_ = !answer;
    if (!answer) return set(situation::TurnFailed{answer.error(), true});
    request_.reset();
    if (!answer->ticket)
        return set(situation::NoNumber{answer->refusal, desk_->name, answer->opens, appointments_});
    taken_.push_back(*answer->ticket);
    if (onTicket) onTicket(*answer->ticket);
    set(situation::HasNumber{std::move(*answer->ticket)});
}

/// A number whose answer was lost is asked for under its own id: it may have been given.
void TurnFlow::again() {
    if (!std::holds_alternative<situation::TurnFailed>(state_)) return;
    if (failedWhileTaking_)
        send();
    else
        start();
}

bool TurnFlow::back() {
    const bool atStart = std::holds_alternative<situation::Choosing>(state_) ||
                         std::holds_alternative<situation::AskingBoard>(state_) ||
                         std::holds_alternative<situation::Taking>(state_);
    if (atStart || !board_) return false;
    start();
    return true;
}

}  // namespace tram::turn
