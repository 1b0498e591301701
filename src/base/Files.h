#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::base {

/// Reads a whole file of at most `limit` bytes.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit = 16u << 20);
/// Durable and atomic: temporary file beside it, fsync, rename, fsync of the directory. `mode` as for
/// open(2). All that changes files here goes through base::Disk.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                                 unsigned mode = 0640);
/// Makes what is missing of `path`, each level durable in the one above it. What is there keeps its mode.
Result<void> makeDirectories(const std::filesystem::path& path, unsigned mode = 0700);
/// The names in `directory` as they are now are durable.
Result<void> syncDirectory(const std::filesystem::path& directory);
/// Whether the name is one that writeFileAtomically gives to a file on its way.
bool isTemporary(std::string_view fileName);
/// The Problem for an errno of a failed file operation (ENOSPC, EDQUOT → DiskFull; EROFS, EACCES →
/// StoreReadOnly; …).
Problem fileProblem(int error, const std::filesystem::path& path);

}  // namespace tram::base
