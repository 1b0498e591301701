#pragma once
#include <filesystem>
#include <string>

#include "base/Result.h"

namespace tram::crypto {

/// SHA-256 of a file as lower-case hex, read in pieces: packs, attachments and databases do not fit into
/// memory. As base::fileProblem; FileUnreadable when it is no regular file.
base::Result<std::string> sha256OfFile(const std::filesystem::path& file);

}  // namespace tram::crypto
