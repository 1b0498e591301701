#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "catalogue/Catalogue.h"

namespace tram::gateway {

/// The kinds as their files are now: a new one's pages are there without a restart. A file that cannot be
/// read costs its kind alone and stands in the log once. Any thread.
class KindShelf {
  public:
    /// FileUnreadable: there is no directory of kinds.
    static base::Result<std::unique_ptr<KindShelf>> open(const std::filesystem::path& dir);

    /// Looks at the files' sizes and times; reads them only when these differ. While the directory cannot be
    /// read, what it was before.
    std::shared_ptr<const catalogue::Catalogue> now() const;

  private:
    explicit KindShelf(const std::filesystem::path& dir) : dir_(dir) {}
    base::Result<void> read() const;
    std::string stamp() const;

    std::filesystem::path dir_;
    mutable std::mutex mutex_;
    mutable std::string stamp_;
    mutable std::shared_ptr<const catalogue::Catalogue> kinds_;
};

}  // namespace tram::gateway
