#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::content {

/// A file that comes piece by piece and may be broken off anywhere: what has come stays, and what it is shows
/// only when it is whole. All through base::Disk.
class PartFile {
  public:
    explicit PartFile(std::filesystem::path path) : path_(std::move(path)) {}
    std::uint64_t size() const;  ///< 0 when there is none
    /// DiskFull, StoreReadOnly: some of `bytes` may be there all the same.
    base::Result<void> append(std::string_view bytes) const;
    /// Durable under its own name, if its SHA-256 is this one. BadResponse (detail "hash") and gone, if not.
    base::Result<void> become(const std::filesystem::path& whole, const std::string& sha256) const;
    void drop() const;

  private:
    std::filesystem::path path_;
};

}  // namespace tram::content
