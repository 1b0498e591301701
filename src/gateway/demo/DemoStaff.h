#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/fleet/StaffRegistry.h"

namespace tram::gateway {

/// The staff of the pretend city's wards (resources/demo/staff.json), with badges and PINs that everybody
/// may know; who is there already stays, revoked ones too. Malformed (path).
base::Result<void> giveDemoStaff(StaffRegistry& staff, const std::filesystem::path& file, base::WallTime now);

}  // namespace tram::gateway
