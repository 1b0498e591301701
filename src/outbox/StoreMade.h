#pragma once
#include <filesystem>

#include "base/Result.h"
#include "store/Database.h"

namespace tram::outbox {

/// <dataDir>/store.made: a store was made here, and its random id, which stands in its notes too. Durable
/// before anything is kept, so that a store deleted, emptied or exchanged later is never taken for a first
/// start. Both functions leave it as it is unless they say otherwise; the caller holds StoreHold.

/// Opens <dataDir>/outbox.db, and makes it with its store.made when there is neither. StoreDamaged with the
/// detail "lost" when it is gone or empty, "exchanged" when it is another one; otherwise as Database::open().
base::Result<store::Database> openStore(const std::filesystem::path& dataDir);
/// The same for the one in place of a store put aside: store.made names it from now on.
base::Result<store::Database> openInstead(const std::filesystem::path& dataDir);

/// A store was made here, of which nothing is left.
bool storeLost(const std::filesystem::path& dataDir);

}  // namespace tram::outbox
