#pragma once
#include <filesystem>

#include "base/FileLock.h"

namespace tram::outbox {

/// <dataDir>/store.lock, which everybody holds (flock) who has outbox.db open: kiosk, agent and tool share
/// it, and a damaged store is put aside only by one who holds it alone.
class StoreHold {
  public:
    /// StoreDamaged as long as the store is suspected (below); StoreBusy while it is being put aside.
    static base::Result<StoreHold> share(const std::filesystem::path& dataDir);
    /// StoreBusy while anybody has the store open.
    static base::Result<StoreHold> alone(const std::filesystem::path& dataDir);

  private:
    explicit StoreHold(base::FileLock lock) : lock_(std::move(lock)) {}
    static base::Result<StoreHold> take(const std::filesystem::path& dataDir, base::FileLock::Kind kind);
    base::FileLock lock_;
};

/// <dataDir>/store.suspect: somebody found the store damaged. From then on nobody opens it or adds to it, and
/// whoever has it open lets go of it, until the agent has examined it (StoreRepair.h).
bool storeSuspected(const std::filesystem::path& dataDir);
void suspectStore(const std::filesystem::path& dataDir);

}  // namespace tram::outbox
