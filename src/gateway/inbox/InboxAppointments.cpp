// Requests for appointments on their way through the inbox.
#include "gateway/inbox/Settling.h"
#include "wire/Phone.h"

namespace tram::gateway {

using base::Result;

Result<void> Inbox::keepAppointments(std::vector<Settling>& batch) {
    std::vector<Appointments::Arrived> arrived;
    std::vector<Settling*> kept;
    for (auto& action : batch) {
        if (action.wrong || !action.appointment) continue;
        const auto& sub = action.appointment->subject;
        arrived.push_back(
            {action.id, action.from.id, *action.appointment, action.receivedAt,
             subjects_.forWatch(base::SecretText(wire::addressKey(action.appointment->phone.reveal()))),
             sub.empty() ? std::string() : subjects_.indexOf(sub)});
        kept.push_back(&action);
    }
    if (arrived.empty()) return {};
    const auto added = appointments_.add(arrived);
    if (!added) return tl::unexpected(added.error());
    for (std::size_t at = 0; at < kept.size(); ++at)
        if ((*added)[at] == Appointments::Added::CodeTaken) kept[at]->wrong = Quarantined{"code_taken", ""};
    if (onAppointment) onAppointment();
    return {};
}

}  // namespace tram::gateway
