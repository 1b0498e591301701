#include "feedback/FollowFlow.h"

namespace tram::feedback {

using base::ProblemKind;
using base::TrackingCode;

namespace {

bool waitsHere(outbox::Outbox& outbox, const TrackingCode& code) {
    const auto item = outbox.findByCode(code);
    return item && *item && (*item)->state != outbox::ItemState::Accepted;
}

/// Background: both questions may block.
FollowState find(const FollowFlow::Ask& ask, const FollowFlow::AskAppointment& appointment,
                 outbox::Outbox& outbox, const TrackingCode& code) {
    auto status = ask(code.symbols());
    if (status) return situation::Found{std::move(*status)};
    if (appointment && status.error().kind == ProblemKind::NotFound)
        if (auto found = appointment(code.symbols())) return situation::FoundAppointment{std::move(*found)};
    const bool here = waitsHere(outbox, code);
    if (here || status.error().kind == ProblemKind::NotFound) return situation::NotArrived{here};
    return situation::AskFailed{status.error()};
}

}  // namespace

FollowFlow::FollowFlow(Ask ask, std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
                       AskAppointment appointment)
    : ask_(std::move(ask)),
      appointment_(std::move(appointment)),
      outbox_(std::move(outbox)),
      scheduler_(scheduler),
      state_(situation::TypingCode{"", TrackingCode::Typed::Incomplete}) {}

void FollowFlow::type(std::string_view typed) {
    lifetime_.renew();
    code_ = TrackingCode::parse(typed);
    state_ = situation::TypingCode{TrackingCode::group(typed), TrackingCode::judge(typed)};
    changed();
}

bool FollowFlow::ask() {
    if (!code_ || !std::holds_alternative<situation::TypingCode>(state_)) return false;
    start();
    return true;
}

void FollowFlow::again() {
    if (code_ && !std::holds_alternative<situation::AskingGateway>(state_)) start();
}

void FollowFlow::another() {
    type("");
}

std::string FollowFlow::code() const {
    return code_ ? code_->grouped() : "";
}

void FollowFlow::start() {
    state_ = situation::AskingGateway{};
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = ask_,
                           appointment = appointment_, outbox = outbox_, code = *code_] {
        auto found = std::make_shared<FollowState>(find(ask, appointment, *outbox, code));
        ui.onUi(token, [this, found] {
            state_ = std::move(*found);
            changed();
        });
    });
    changed();
}

void FollowFlow::changed() {
    if (onChange) onChange();
}

}  // namespace tram::feedback
