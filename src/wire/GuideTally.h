#pragma once
#include <string>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

/// fields of an action of kind "guide.tally": how it went with a guide, and nothing of who it was;
/// resources/api/schemas/action.guide.tally.json.
struct GuideTally {
    static constexpr std::string_view kKind = "guide.tally";
    static constexpr std::size_t kMaxBytes = 4 * 1024;
    static constexpr int kMostMinutes = 240;

    std::string guide;     ///< the entry's id
    std::string platform;  ///< "android", "iphone", "any"
    std::string outcome;   ///< "installed", "signed_in", "done", "not_done:" and a slug
    std::string ward;      ///< the station's
    std::string group;     ///< khu phố, or group of agencies: as configured there; "" for none
    bool helped = false;
    int minutes = 0;  ///< rounded

    base::SecretText toJson() const;
    static base::Result<GuideTally> parse(std::string_view json);
};

/// "installed", "signed_in", "done", or "not_done:" and a slug.
bool isGuideOutcome(std::string_view id);

}  // namespace tram::wire
