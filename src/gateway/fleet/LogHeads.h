#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// Up to which line each kiosk's log of staff is vouched for. Of each chain the newest head is kept, and a
/// later one is taken only from a log that still has that line: one that has become shorter, or has another
/// line in its place, is refused, and stays noted for the operator.
class LogHeads {
  public:
    static constexpr std::int64_t kMostChains = 64;

    explicit LogHeads(SharedDatabase& db) : db_(db) {}

    struct Head {
        std::string chain;
        std::int64_t n = 0;
        std::string hash;
        std::int64_t afterN = 0;  ///< the line it says it was acknowledged up to; 0: none
        std::string afterHash;    ///< what stands there now
    };
    enum class Verdict {
        Taken,
        Unknown,   ///< the kiosk does not know up to where it was acknowledged: it may ask
        WentBack,  ///< shorter than it was
        Forked,    ///< another line of that number
        TooMany    ///< chains of one kiosk
    };
    base::Result<Verdict> take(const std::string& kioskId, const Head& head, base::WallTime now);

    struct Row {
        std::string kiosk, ward, station, chain;
        std::int64_t n = 0;
        std::string hash;
        base::WallTime firstAt, at;  ///< when its first head came, and this one
        std::string trouble;         ///< name(Verdict) of the newest that was refused as WentBack or Forked
        std::int64_t troubleN = 0;   ///< of that one
        std::optional<base::WallTime> troubleAt = {};
    };
    /// Of this kiosk, or of the earlier enrolments that it continues.
    base::Result<std::optional<Row>> find(const std::string& kioskId, const std::string& chain);
    base::Result<std::vector<Row>> list();  ///< by kiosk, its newest chain first
    /// What was refused has been looked into. NotFound when nothing of that chain was.
    base::Result<void> settle(const std::string& kioskId, const std::string& chain);
    /// Chains of kiosks in service of which a head was refused.
    base::Result<std::int64_t> withTrouble();

  private:
    SharedDatabase& db_;
};
std::string_view name(LogHeads::Verdict verdict);  ///< "taken", "unknown", "went_back", "forked", "too_many"

}  // namespace tram::gateway
