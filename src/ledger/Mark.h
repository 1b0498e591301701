#pragma once
#include <filesystem>
#include <optional>

#include "ledger/Walk.h"

namespace tram::ledger {

/// What markBroken() left of this chain.
std::optional<Broken> readMark(const std::filesystem::path& directory, int chain);

}  // namespace tram::ledger
