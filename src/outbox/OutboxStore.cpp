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

}  // namespace tram::outbox
