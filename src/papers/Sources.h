#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"

namespace tram::papers {

struct ScannerFile {
    std::filesystem::path path;
    base::WallTime at;  ///< last written to
    bool operator==(const ScannerFile&) const = default;
};
struct ScannerFiles {
    static constexpr std::size_t kMost = 60;
    bool folder = false;             ///< there is such a folder
    std::vector<ScannerFile> fresh;  ///< the oldest first, kMost at most
    std::size_t older = 0;           ///< from before: somebody else's, perhaps
    bool operator==(const ScannerFiles&) const = default;
};
/// Pictures (.jpg, .jpeg, .png) that a scanner has put into its folder, those written since then apart from
/// the others. Links are passed over. Blocks.
ScannerFiles scannerFiles(const std::filesystem::path& folder, base::WallTime since);

/// A scanner's file, once its page is in memory: emptied, then unlinked. Never through a symbolic link, and
/// only a plain file. What a disk keeps of blocks that were given back is beyond this.
void forgetFile(const std::filesystem::path& file);

}  // namespace tram::papers
