#pragma once
#include <filesystem>
#include <vector>

#include "outbox/OutboxStore.h"

namespace tram::outbox {

struct Salvage {
    std::vector<Item> items;  ///< in the order of keeping, each id once
    std::size_t broken = 0;   ///< rows whose envelope is not whole
};

/// What a damaged outbox.db still tells, read page by page without SQLite. An envelope counts as whole by its
/// shape and id: whether its signature still fits is for the gateway to say, which shows what it refuses.
base::Result<Salvage> salvage(const std::filesystem::path& database);

}  // namespace tram::outbox
