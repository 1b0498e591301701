#pragma once
#include <filesystem>
#include <vector>

#include "base/Result.h"
#include "pack/Entry.h"
#include "pack/PackAbout.h"

namespace tram::pack {

/// Writes a pack. The same entries, in whichever order, make the same bytes, so that two people who build can
/// compare. Conflict with facts kind and id for two of one name; DiskFull, StoreReadOnly.
base::Result<void> writePack(const std::filesystem::path& path, const PackAbout& about,
                             std::vector<Entry> entries);

}  // namespace tram::pack
