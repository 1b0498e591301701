#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::base {

/// Reads a whole file of at most `limit` bytes.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit = 16u << 20);
/// Durable and atomic: temporary file beside it, fsync, rename, fsync of the directory. `mode` as for
/// open(2).
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                                 unsigned mode = 0640);
/// The Problem for an errno of a failed file operation (ENOSPC, EDQUOT → DiskFull; EROFS, EACCES →
/// StoreReadOnly; …).
Problem fileProblem(int error, const std::filesystem::path& path);

}  // namespace tram::base
