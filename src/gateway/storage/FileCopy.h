#pragma once
#include <filesystem>
#include <string>

#include "base/Result.h"

namespace tram::gateway {

/// SHA-256 as hex, in pieces: attachments and databases do not fit into memory.
base::Result<std::string> hashOfFile(const std::filesystem::path& file);
base::Result<void> syncFile(const std::filesystem::path& file);
/// Bytes and nothing else, mode 0600, synced. `to` must not exist.
base::Result<void> copyFile(const std::filesystem::path& from, const std::filesystem::path& to);
/// A second name for the same bytes where both are on one file system, else a copy. For files that are never
/// written again.
base::Result<void> linkOrCopy(const std::filesystem::path& from, const std::filesystem::path& to);

/// Whether `inner` is `outer` or anywhere below it, links followed.
bool isWithin(const std::filesystem::path& inner, const std::filesystem::path& outer);

}  // namespace tram::gateway
