#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tram::gateway {

/// Where alerts come from. `approved`: senders whose Extreme and Severe alerts need no second person when
/// they come this way. A sender is only what the message says of itself: it is the way that is trusted.
struct AlertSource {
    std::string name;  ///< told in lists; "folder" for the folder
    std::vector<std::string> approved;
};
struct AlertFeed : AlertSource {
    std::string url;  ///< a CAP message, or Atom or RSS with links to such
    std::chrono::seconds every{30};
    std::vector<std::string> alsoFrom;  ///< beginnings of addresses its links may have besides the feed's own
};

/// What is kept of one source at most, and as much again of senders who are approved for it: a flood fills
/// its own share only.
struct AlertShare {
    std::int64_t messages = 2'000, bytes = 64'000'000;
};

struct AlertConfig {
    std::filesystem::path folder;  ///< below the data directory when relative; "" for none
    AlertSource folderSource{"folder", {}};
    std::vector<AlertFeed> feeds;
    std::string wardCode;         ///< valueName of geocodes that are ward codes
    std::chrono::hours life{24};  ///< of an alert that names no end
    AlertShare share;
    bool demo = false;  ///< makes its own key, and samples with times of today
};

}  // namespace tram::gateway
