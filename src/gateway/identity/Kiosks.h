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
    std::optional<base::WallTime> revokedAt = {};
    std::string succeeds = {};  ///< id of the enrolment this one continues; "" for none
    std::optional<base::WallTime> stolenSince = {}, releasedAt = {};
};

/// Who may speak for a ward. Of a one-time code only a hash is kept.
class Kiosks {
  public:
    static constexpr std::chrono::hours kCodeLife{24};

    explicit Kiosks(SharedDatabase& db) : db_(db) {}

    /// The secret half of a new enrolment code; this is the only time it is seen. OutOfRange with facts key
    /// and expected for a ward or a name that is none; the station's name is kept as base::clean leaves it.
    /// `replaces`: the kiosk whose kept reports the new one may bring, when it cannot prove that itself; else
    /// "". NotFound when there is none of that id.
    base::Result<std::string> newCode(const std::string& ward, const std::string& station, base::WallTime now,
                                      const std::string& replaces = "");
    /// Forbidden when the code is unknown, used or expired: all the same to a stranger. The same code with
    /// the same key gives the same kiosk again, for a reply that was lost. The enrolment it succeeds ends.
    base::Result<Kiosk> enrol(const wire::EnrolmentRequest& request, base::WallTime now);
    base::Result<std::optional<Kiosk>> find(const std::string& id);
    base::Result<std::vector<Kiosk>> list();
    /// Its tokens die with it. NotFound when there is none of that id, or it was revoked before.
    base::Result<void> revoke(const std::string& id, base::WallTime now);
    /// Revokes it (again), and what it signed is refused until it is released, even from its successor.
    base::Result<void> markStolen(const std::string& id, base::WallTime since, base::WallTime now);
    /// What a stolen kiosk had kept before the theft may come. NotFound when it was not marked stolen.
    base::Result<void> release(const std::string& id, base::WallTime now);
    /// The earlier enrolment of `line` that has this id; none when it is somebody else's.
    base::Result<std::optional<Kiosk>> formerOf(const Kiosk& line, const std::string& id);

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
