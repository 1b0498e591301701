#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/content/PackShelf.h"
#include "pack/PackFile.h"

namespace tram::gateway {

/// Single entries of the packs that the manifest in force names: for the pages that phones read. Any thread;
/// one looks at a time, for some ten microseconds.
class EntryShelf {
  public:
    explicit EntryShelf(const PackShelf& shelf) : shelf_(shelf) {}

    struct Found {
        pack::Entry entry;
        pack::PackAbout about;  ///< whom and when it comes from
    };
    /// The first pack's that has it. A pack that cannot be read counts as absent, as it does on a kiosk.
    std::optional<Found> entry(std::string_view kind, std::string_view id) const;

  private:
    void follow() const;
    void open() const;

    const PackShelf& shelf_;
    mutable std::mutex mutex_;
    mutable std::vector<std::filesystem::path> named_;  ///< by hash: the same names are the same packs
    mutable std::vector<pack::PackFile> packs_;
    mutable std::chrono::steady_clock::time_point opened_;
};

}  // namespace tram::gateway
