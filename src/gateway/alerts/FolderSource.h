#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tram::gateway {

/// Files ending in .xml or .cap that are dropped into a folder; they stay there. One that changed from one
/// look to the next is still being written.
class FolderSource {
  public:
    explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// What is new since the last look, each once.
    std::vector<std::string> look();

  private:
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
        bool taken = false;
    };
    std::filesystem::path folder_;
    std::map<std::filesystem::path, Seen> seen_;
};

}  // namespace tram::gateway
