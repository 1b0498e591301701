#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Uuid.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// What of it can be seen from outside; never content.
struct QuarantinedEnvelope {
    std::string id, kiosk;
    base::WallTime receivedAt;
    bool setAside = false;
    std::string reason;  ///< a machine word and a place in a schema
    std::string note;    ///< why people set it aside
    std::size_t bytes = 0, attachments = 0;
    std::string sealingKey;  ///< its id; "" when the envelope itself cannot be read
};

/// Accepted actions that could not be opened, or are wrong inside. They wait here, for as long as it takes,
/// until people have mended the cause or set them aside.
class Quarantine {
  public:
    static constexpr std::size_t kMaxNote = 200;

    explicit Quarantine(Storage& storage) : db_(*storage.city) {}

    /// Oldest first. Without `bytes`, `attachments` and `sealingKey`.
    base::Result<std::vector<QuarantinedEnvelope>> list(bool setAside, std::size_t limit);
    base::Result<std::optional<QuarantinedEnvelope>> find(const base::Uuid& id);
    /// Opened anew by whoever serves, within a minute. Set-aside ones too. NotFound when it is in neither.
    base::Result<void> retry(const base::Uuid& id);
    /// All that are quarantined (not those set aside), or those with that reason. Returns how many.
    base::Result<std::size_t> retryAll(const std::string& reason);
    /// NotFound; OutOfRange when the note is empty or too long.
    base::Result<void> setAside(const base::Uuid& id, const std::string& note);
    /// When the longest waiting one came.
    base::Result<std::optional<base::WallTime>> oldest();

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
