#pragma once
#include <nlohmann/json_fwd.hpp>

#include "wire/Enrolment.h"
#include "wire/Members.h"

namespace tram::wire {

/// How many keys a kiosk is ever told at once.
inline constexpr std::size_t kMaxSealingKeys = 16;

nlohmann::json toJsonValue(const std::vector<SealingKeyInfo>& keys);
/// The member "sealing_keys" of `parent`, 1 to kMaxSealingKeys of them.
std::vector<SealingKeyInfo> readSealingKeys(Members& parent);

}  // namespace tram::wire
