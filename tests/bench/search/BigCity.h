#pragma once
#include <cstdint>
#include <vector>

#include "pack/Entry.h"

namespace tram::bench {

/// A city of many plausible entries over several kinds, spread as people live in this one: the same for the
/// same seed.
std::vector<pack::Entry> bigCity(std::size_t entries, std::uint32_t seed);

}  // namespace tram::bench
