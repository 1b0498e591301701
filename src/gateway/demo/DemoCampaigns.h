#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// demo/campaigns, demo/campaigns-counted.json: the pretend ward's drives, and what was counted for them
/// before the demo began, as if they had been drawn up today. Once in a store's life.
base::Result<void> planDemoCampaigns(SharedDatabase& city, const std::filesystem::path& demoDir,
                                     base::WallTime now);

}  // namespace tram::gateway
