#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include <wx/gdicmn.h>

namespace tram::shell {

/// The command line. Only options that hold no personal data exist.
struct Options {
    std::filesystem::path config = "/etc/tram/kiosk.json";
    std::filesystem::path share;         ///< words, theme, data; found beside the program when empty
    std::filesystem::path camera;        ///< tram-camera, beside this program
    std::filesystem::path print;         ///< tram-print, likewise
    std::filesystem::path tourDir;       ///< --tour: walk every situation, save a picture of each
    std::filesystem::path describeFile;  ///< --describe: what is on the page, for the smoke test; demo only
    wxSize size{0, 0};                   ///< --size WxH
    bool window = false;                 ///< --window: not full screen (a helper's laptop, a developer)
    bool shareKeys = false;              ///< --share-keys: the desktop keeps its shortcuts (a demo)
    std::string phone;            ///< --phone: a program that takes the simulated phone's link; demo only
    std::string language, theme;  ///< --lang, --theme: instead of the configured ones
    int scale = 100;              ///< --scale: text size in percent
    bool benchStart = false, benchPages = false;

    /// Exit code instead when the words are off or only help was asked for.
    static std::optional<int> read(int argc, char** argv, Options& out);
};

}  // namespace tram::shell
