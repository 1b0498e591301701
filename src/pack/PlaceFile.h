#pragma once
#include <filesystem>

#include "base/Result.h"

namespace tram::pack {

/// `unfinished` takes the place of `path`, whole and durably: who has the former one open reads on in it.
base::Result<void> placeFile(const std::filesystem::path& unfinished, const std::filesystem::path& path);

}  // namespace tram::pack
