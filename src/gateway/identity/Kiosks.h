#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "gateway/storage/Storage.h"
#include "wire/Enrolment.h"

namespace tram::gateway {

struct Kiosk {
    std::string id;      ///< UUID, and its OAuth client_id
    std::string key;     ///< VerifyKey::text
    std::string prefix;  ///< of its tracking codes; never given to another one, even after a revocation
    std::string ward, station;
    std::optional<base::WallTime> revokedAt;
};

/// Who may speak for a ward. Of a one-time code only a hash is kept.
class Kiosks {
  public:
    static constexpr std::chrono::hours kCodeLife{24};

    explicit Kiosks(SharedDatabase& db) : db_(db) {}

    /// The secret half of a new enrolment code; this is the only time it is seen. OutOfRange with facts key
    /// and expected for a ward or a name that is none; the station's name is kept as base::clean leaves it.
    base::Result<std::string> newCode(const std::string& ward, const std::string& station,
                                      base::WallTime now);
    /// Forbidden when the code is unknown, used or expired: all the same to a stranger.
    base::Result<Kiosk> enrol(const wire::EnrolmentRequest& request, base::WallTime now);
    base::Result<std::optional<Kiosk>> find(const std::string& id);
    base::Result<std::vector<Kiosk>> list();
    /// Its tokens die with it. NotFound when there is none of that id.
    base::Result<void> revoke(const std::string& id, base::WallTime now);

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
