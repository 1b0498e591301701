// The law's rights on their way through the inbox.
#include "gateway/inbox/Settling.h"

namespace tram::gateway {

using base::Result;

/// Nobody has a say over what somebody else sent. A report that is not here may be gone, or still come.
Result<void> Inbox::judgeRights(Settling& action, const wire::ActionBody& body) const {
    auto rights = opener_.rights(body, action.signer);
    if (const auto* wrong = std::get_if<Quarantined>(&rights)) {
        action.wrong = *wrong;
        return {};
    }
    action.rights = std::move(std::get<wire::RightsRequest>(rights));
    if (action.rights->aboutAll()) return {};
    const auto others = rights_.isAnothers(action.rights->about, subjects_.indexOf(action.rights->subject));
    if (!others) return tl::unexpected(others.error());
    if (*others) action.wrong = Quarantined{"rights", "not_theirs"};
    return {};
}

Result<void> Inbox::keepRights(std::vector<Settling>& batch) {
    std::vector<RightsStore::Arrived> requests;
    std::vector<Settling*> kept;
    for (auto& action : batch) {
        if (action.wrong || !action.rights) continue;
        base::WallTime asked = action.receivedAt;
        (void)base::fromRfc3339(std::get<wire::ActionBody>(action.opened).createdAt, asked);
        requests.push_back({action.id, *action.rights, subjects_.indexOf(action.rights->subject),
                            action.receivedAt, std::min(asked, action.receivedAt)});
        kept.push_back(&action);
    }
    if (requests.empty()) return {};
    const auto added = rights_.add(requests);
    if (!added) return tl::unexpected(added.error());
    for (std::size_t at = 0; at < kept.size(); ++at)
        if ((*added)[at] == RightsStore::Added::CodeTaken) kept[at]->wrong = Quarantined{"code_taken", ""};
    return {};
}

}  // namespace tram::gateway
