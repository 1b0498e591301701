#pragma once
#include <nlohmann/json_fwd.hpp>

#include "base/Clock.h"
#include "gateway/provider/ProviderProfile.h"

namespace tram::gateway {

/// Userinfo as a resident. ProviderFailed when something that every account has is missing or no such thing;
/// UnderAge and LevelTooLow by the profile's rules, on the day it is in Ho Chi Minh City.
tl::expected<Resident, Refusal> residentFrom(const nlohmann::json& claims, const ProviderProfile& profile,
                                             base::WallTime now);

/// The provider's own name for the person; "" when it gave none.
base::SecretText subjectIn(const nlohmann::json& claims, const ProviderProfile& profile);

}  // namespace tram::gateway
