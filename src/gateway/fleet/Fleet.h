#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

struct Heartbeat {
    std::string version;
    std::int64_t waiting = 0, needsAttention = 0, freeDiskBytes = 0;
    std::int64_t damagedStores = 0;   ///< put aside at the kiosk, until a person has looked at them
    std::int64_t contentVersion = 0;  ///< of the manifest it shows; 0: none, or not told
    std::optional<base::WallTime> contentSignedAt = {};
};

struct FleetKiosk {
    std::string id, ward, station;
    bool revoked = false;
    std::optional<base::WallTime> lastHeard;  ///< never, when it has not reported yet
    Heartbeat beat;
};

struct OfficerCall {
    std::string ward, station, reason;
    base::WallTime at;
};

/// What the city knows of its kiosks: their last heartbeat, and who called for an officer. No resident in it.
class Fleet {
  public:
    explicit Fleet(SharedDatabase& db) : db_(db) {}
    base::Result<void> heard(const std::string& kioskId, const Heartbeat& beat, base::WallTime now);
    base::Result<void> called(const std::string& kioskId, const std::string& reason, base::WallTime now);
    base::Result<std::vector<FleetKiosk>> kiosks();  ///< longest silent first
    /// Kiosks in service whose last heartbeat told of a damaged store.
    base::Result<std::int64_t> withDamagedStore();
    base::Result<std::vector<OfficerCall>> calls(std::size_t limit);  ///< newest first

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
