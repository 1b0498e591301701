#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/Result.h"
#include "trust/Manifest.h"

namespace tram::publish {

/// A manifest that names these packs, each of which must open; its version and times are the caller's.
/// As PackFile::open; Conflict with fact name for two packs of one name.
base::Result<trust::Manifest> manifestOf(const std::vector<std::filesystem::path>& packs);

/// The pack's name, when it is the one that `manifest` names: by name, size and hash. NotFound, BadSignature.
base::Result<std::string> checkPack(const trust::Manifest& manifest, const std::filesystem::path& pack);

}  // namespace tram::publish
