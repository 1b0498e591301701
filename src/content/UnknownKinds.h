#pragma once
#include <string>
#include <vector>

#include "catalogue/Catalogue.h"
#include "pack/PackFile.h"

namespace tram::content {

/// What a pack has of a kind that the catalogue does not know: it is shown nowhere.
struct UnknownKind {
    std::string pack, kind;
    std::size_t entries = 0;
    bool operator==(const UnknownKind&) const = default;
};
std::vector<UnknownKind> unknownKinds(const pack::PackFile& file, const catalogue::Catalogue& catalogue);

}  // namespace tram::content
