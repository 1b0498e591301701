#include "outbox/OutboxStore.h"

namespace tram::outbox {

std::string_view name(ItemState state) {
    switch (state) {
        case ItemState::Waiting:
            return "waiting";
        case ItemState::NeedsAttention:
            return "needs_attention";
        case ItemState::Accepted:
            return "accepted";
    }
    return "waiting";
}

std::optional<AsideReason> Item::aside() const {
    if (state != ItemState::NeedsAttention) return std::nullopt;
    return asideReasonFrom(problem);
}

bool Item::coarse() const {
    return keptAt == base::coarseToHour(keptAt);
}

base::Result<void> OutboxStore::markAllAccepted(const std::vector<base::Uuid>& ids, Taken taken) {
    for (const base::Uuid& id : ids) {
        const auto marked = markAccepted(id, taken);
        if (!marked && marked.error().kind != base::ProblemKind::NotFound) return marked;
    }
    return {};
}

}  // namespace tram::outbox
