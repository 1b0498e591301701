#pragma once
#include <string>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

/// fields of an action of kind "guide.tally": how it went with a guide, and nothing of who it was. Version 2
/// tells of help within a campaign (wire/Campaign.h), version 1 of a guide that was gone through at a
/// station; both are taken, and what fits version 1 is written as that, so that older gateways take it;
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
    int minutes = 0;            ///< rounded
    bool away = false;          ///< version 2: given somewhere else, by somebody of the staff
    std::string audience = {};  ///< version 2: whom, a campaign's Group::id; "" for not told

    base::SecretText toJson() const;
    static base::Result<GuideTally> parse(std::string_view json);
};

/// "installed", "signed_in", "done", or "not_done:" and a slug.
bool isGuideOutcome(std::string_view id);

}  // namespace tram::wire
