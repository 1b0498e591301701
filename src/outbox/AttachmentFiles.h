#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// Malformed unless the name is 64 lower-case hex digits (it becomes a file name) and the size is that of
/// `bytes`.
base::Result<void> checkAttachment(const StoredAttachment& meta, std::string_view bytes);
bool isSha256(std::string_view text);

/// Ciphertext under <dataDir>/attachments/<sha256>, mode 0600 in a directory of mode 0700.
class AttachmentFiles {
  public:
    static base::Result<AttachmentFiles> open(std::filesystem::path directory);
    base::Result<void> put(const StoredAttachment& meta, std::string_view bytes) const;
    base::Result<std::string> path(const std::string& sha256) const;
    base::Result<void> remove(const std::string& sha256) const;
    /// The name of every file, left-overs of a broken write too.
    std::vector<std::string> names() const;

  private:
    explicit AttachmentFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}
    std::filesystem::path directory_;
};

}  // namespace tram::outbox
