#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

/// What the city has published for its kiosks, as an operator's `content take` left it: dataDir/content with
///
///     roots/N.json       the chain of roots
///     packs.json         the manifest in force; replacing it publishes
///     former.json        the one before: whoever is in the middle of a download finishes it
///     packs/SHA256.pack
///
/// All of it was signed by others and judged when it was taken. Follows the files; any thread.
class PackShelf {
  public:
    explicit PackShelf(std::filesystem::path dir) : dir_(std::move(dir)) {}

    struct Document {
        std::string bytes, etag;  ///< strong (RFC 9110 §8.8.3)
    };
    /// Null while there is none.
    std::shared_ptr<const Document> manifest() const;
    std::optional<std::string> root(int version) const;
    int newestRoot() const;  ///< its version; 0 while there is none
    struct Ends {
        std::optional<base::WallTime> root, manifest;
    };
    Ends ends() const;  ///< when the newest root and the manifest expire
    /// A pack that the manifest or the former one names.
    std::optional<std::filesystem::path> pack(const std::string& sha256) const;

    /// Those of the manifest in force, by name.
    std::vector<std::filesystem::path> packs() const;

    static std::filesystem::path rootFile(const std::filesystem::path& dir, int version);
    static std::filesystem::path packFile(const std::filesystem::path& dir, const std::string& sha256);

  private:
    void follow() const;

    std::filesystem::path dir_;
    mutable std::mutex mutex_;
    mutable std::string stamp_;
    mutable std::shared_ptr<const Document> manifest_;
    mutable std::optional<base::WallTime> expires_;
    mutable std::set<std::string> named_, inForce_;
};

}  // namespace tram::gateway
