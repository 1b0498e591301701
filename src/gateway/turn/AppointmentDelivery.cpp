#include <algorithm>

#include "base/Log.h"
#include "gateway/turn/Appointments.h"
#include "gateway/turn/TurnHall.h"

namespace tram::gateway {

using base::Result;

namespace {

constexpr std::size_t kRound = 50;

/// By which somebody may come; else the source's word cannot be used.
bool isUsable(const AppointmentStanding& standing, base::WallTime now) {
    return standing.state != wire::AppointmentState::Confirmed || isDayToCome(standing.day, now);
}

}  // namespace

Result<std::size_t> AppointmentDelivery::step(const std::function<bool()>& stopping) {
    auto due = store_.due(clock_.wall(), kRound);
    if (!due) return tl::unexpected(due.error());
    for (auto& one : *due) {
        if (stopping()) return 0;
        auto handled = handle(one);
        if (handled) continue;
        base::log::problem("appointments.postponed", handled.error());
        const auto wait = std::min(kMostBackoff, base::Millis(2000) * (1 << std::clamp(one.tries, 0, 12)));
        if (auto later = store_.later(one.id, clock_.wall() + wait); !later)
            return tl::unexpected(later.error());
    }
    return due->size();
}

/// It was read a while ago: what was forgotten meanwhile does not go out.
Result<void> AppointmentDelivery::handle(Appointments::Due& due) {
    const auto goesOn = store_.mayGoOn(due.id);
    if (!goesOn) return tl::unexpected(goesOn.error());
    if (!*goesOn) return {};
    if (due.withdrawn) return tellOfWithdrawal(due);
    if (due.reference.empty()) {
        if (auto added = addSender_(due.id, due.request); !added) return added;
        auto reference = source_.request(due.id, due.request);
        if (!reference && reference.error().kind == base::ProblemKind::Unprocessable)
            return store_.refuse(due.id, clock_.wall());
        if (!reference) return tl::unexpected(reference.error());
        if (auto kept = store_.asked(due.id, *reference, clock_.wall()); !kept) return kept;
        due.reference = *reference;
    }
    auto standing = source_.standing(due.reference);
    if (!standing && standing.error().kind == base::ProblemKind::Unprocessable)
        return store_.refuse(due.id, clock_.wall());
    if (!standing) return tl::unexpected(standing.error());
    if (!isUsable(*standing, clock_.wall()))
        return base::fail(base::ProblemKind::BadResponse, {{"detail", "day"}});
    return store_.stands(due.id, *standing, clock_.wall(), clock_.wall() + standing->again);
}

/// A source that takes no cancellation hears of it from a person: `tram-gateway rights` lists it.
Result<void> AppointmentDelivery::tellOfWithdrawal(const Appointments::Due& due) {
    if (!due.reference.empty()) {
        auto told = source_.cancel(due.reference);
        if (!told && told.error().kind != base::ProblemKind::Unprocessable) return told;
    }
    return store_.withdrawn(due.id, clock_.wall());
}

}  // namespace tram::gateway
