#pragma once
#include <compare>
#include <filesystem>
#include <string>
#include <vector>

#include "base/Result.h"
#include "pack/Entry.h"
#include "pack/PackAbout.h"

namespace tram::pack {

/// A field by whose text the list of a kind is narrowed or ordered (a Choice, a Date).
struct FieldOfKind {
    std::string kind, field;
    auto operator<=>(const FieldOfKind&) const = default;
};
using ListedBy = std::vector<FieldOfKind>;

/// Writes a pack: by popularity, and by title what has none. Lists by what is not in `listedBy` are found all
/// the same, but slowly. The same entries, in whichever order, make the same bytes, so that two people who
/// build can compare. Conflict with facts kind and id for two of one name; DiskFull, StoreReadOnly.
base::Result<void> writePack(const std::filesystem::path& path, const PackAbout& about,
                             std::vector<Entry> entries, ListedBy listedBy = {});

}  // namespace tram::pack
