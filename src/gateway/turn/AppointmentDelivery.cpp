#include <algorithm>

#include "base/Log.h"
#include "calendar/WorkingDays.h"
#include "gateway/turn/Appointments.h"

namespace tram::gateway {

using base::Result;

namespace {

constexpr std::size_t kRound = 50;

/// By which somebody may come; else the source's word cannot be used.
bool isUsable(const AppointmentStanding& standing) {
    return standing.state != wire::AppointmentState::Confirmed || calendar::dayFrom(standing.day);
}

}  // namespace

Result<std::size_t> AppointmentDelivery::step() {
    auto due = store_.due(clock_.wall(), kRound);
    if (!due) return tl::unexpected(due.error());
    for (auto& one : *due) {
        auto handled = handle(one);
        if (handled) continue;
        base::log::problem("appointments.postponed", handled.error());
        const auto wait = std::min(kMostBackoff, base::Millis(2000) * (1 << std::clamp(one.tries, 0, 12)));
        if (auto later = store_.later(one.id, clock_.wall() + wait); !later)
            return tl::unexpected(later.error());
    }
    return due->size();
}

Result<void> AppointmentDelivery::handle(Appointments::Due& due) {
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
    if (!standing) return tl::unexpected(standing.error());
    if (!isUsable(*standing)) return base::fail(base::ProblemKind::BadResponse, {{"detail", "day"}});
    return store_.stands(due.id, *standing, clock_.wall(), clock_.wall() + standing->again);
}

}  // namespace tram::gateway
