#pragma once
#include <filesystem>

namespace tram::papers {

/// A scanner's file, once its page is in memory: emptied, then unlinked. Never through a symbolic link, and
/// only a plain file. What a disk keeps of blocks that were given back is beyond this.
void forgetFile(const std::filesystem::path& file);

}  // namespace tram::papers
