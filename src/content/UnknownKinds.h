#pragma once
#include <filesystem>
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

/// Into the log, once for each version of what is published: `note` is the file that remembers it, for a
/// kiosk's process begins anew with each session. True when it was told.
bool tellOnce(const std::filesystem::path& note, int version, const std::vector<UnknownKind>& unknown);

}  // namespace tram::content
