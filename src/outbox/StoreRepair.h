#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::outbox {

/// What became of a store that somebody found damaged.
struct Repair {
    bool damaged = false;    ///< false: it was a false alarm, the store goes on as it is
    bool lost = false;       ///< damaged in that outbox.db was deleted or emptied (StoreMade.h)
    std::string aside;       ///< file name in dataDir that outbox.db bears now (its -wal and -shm likewise)
    std::size_t saved = 0;   ///< items carried over into a fresh store
    std::size_t broken = 0;  ///< rows that were found, but whose envelope is in pieces
};

/// Alone with the store (StoreBusy while anybody has it open): reads all of it; when it is damaged, renames
/// it with its -wal and -shm to outbox.db.damaged-…, durably, and carries every readable item over into a
/// fresh one. One that was deleted leaves an empty file of that name. Attachments stay where they are;
/// nothing is deleted. May die anywhere: the next call goes on.
base::Result<Repair> repairStore(const std::filesystem::path& dataDir);

/// Names of stores put aside, oldest first, for `tram doctor`.
std::vector<std::string> storesPutAside(const std::filesystem::path& dataDir);

}  // namespace tram::outbox
