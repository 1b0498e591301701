#pragma once
#include <filesystem>
#include <memory>
#include <mutex>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// The gateway's own key of a role of signing (trust::Role), as `keys/<name>.key` of its data directory: an
/// operator makes it, or brings one, beside a gateway that is serving.
class RoleKeyFile {
  public:
    /// `name`: "alerts", "staff".
    RoleKeyFile(const std::filesystem::path& dataDir, const char* name);
    const std::filesystem::path& path() const { return path_; }

    /// What is there now; null without one. What has changed and cannot be read is a problem once, and then
    /// what was there before counts. Any thread.
    using Key = std::shared_ptr<const crypto::SigningKey>;
    base::Result<Key> follow();
    /// KeyExposed; any other trouble is told while serving, and keeps only that role's documents away.
    base::Result<void> check() const;
    /// Made where there is none; `from` brings one that was made elsewhere, over what is there too.
    base::Result<crypto::VerifyKey> provide(const std::filesystem::path& from) const;

  private:
    std::filesystem::path path_;
    std::mutex mutex_;
    Key key_;
    std::filesystem::file_time_type changed_{};
};

}  // namespace tram::gateway
