#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace tram::gateway {

/// Files ending in .xml or .cap that are dropped into a folder; they stay there. One that changed from one
/// look to the next is still being written.
class FolderSource {
  public:
    explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// A file's name, what is in it (none: it may not be read), and whose it is.
    struct Found {
        std::string name;
        std::optional<std::string> document;
        std::optional<unsigned> owner = {};  ///< a user's number
    };
    /// What is new since the last look; with `again` also what was not settled, after it. `take` says whether
    /// its document is settled: taken, or refused for good. What cannot be read is told once, and tried
    /// again.
    using Take = std::function<bool(Found)>;
    void look(const Take& take, bool again);

  private:
    enum class State { New, Unsettled, Settled };
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
        State state = State::New;
        bool still = false;  ///< as it was at the look before
    };
    std::map<std::filesystem::path, Seen> files() const;
    std::filesystem::path folder_;
    std::map<std::filesystem::path, Seen> seen_;
};

}  // namespace tram::gateway
