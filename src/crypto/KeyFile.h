#pragma once
#include <filesystem>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::crypto {

/// A file of exactly `size` secret bytes. Problem kinds: KeyMissing, KeyExposed (group or others may touch
/// it, or it belongs to somebody else than us or root), Malformed (wrong size), else as base::fileProblem.
base::Result<base::SecretBytes> loadKeyFile(const std::filesystem::path& path, std::size_t size);
/// Mode 0600, atomic and durable.
base::Result<void> saveKeyFile(const std::filesystem::path& path, const base::SecretBytes& secret);

}  // namespace tram::crypto
