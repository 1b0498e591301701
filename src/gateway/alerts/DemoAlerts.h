#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

/// For the pretend city: a key of its own, the folder to drop messages into, and beside it `alerts-samples`,
/// the messages of resources/demo/alerts with times of now.
base::Result<void> prepareDemoAlerts(const std::filesystem::path& dataDir,
                                     const std::filesystem::path& folder,
                                     const std::filesystem::path& shareDir, base::WallTime now);

}  // namespace tram::gateway
