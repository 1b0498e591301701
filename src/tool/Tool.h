#pragma once
#include <filesystem>

#include "base/Words.h"
#include "device/KioskConfig.h"

namespace tram::tool {

/// What every command is given, and how it says that it failed.
struct Tool {
    const base::Words& words;
    std::filesystem::path config = "/etc/tram/kiosk.json";
    int exitCode = 0;

    /// Values may be anybody's: what a terminal would obey is spelled out (Harmless.h).
    std::string say(std::string_view key, base::Words::Values values = {}) const;
    void print(std::string_view key, const base::Words::Values& values = {}) const;
    /// The problem in words, on standard error; the program then ends with 1.
    void fail(const base::Problem& problem);

    /// The kiosk's configuration. Run by root, the program goes on as the owner of dataDir, so that it leaves
    /// no file there that kiosk and agent cannot open.
    base::Result<device::KioskConfig> loadConfig() const;
};

/// ../share/tram beside the program's directory: the same in a build tree and in /usr.
std::filesystem::path shareDirectory();
/// tram-camera, beside this program.
std::filesystem::path cameraProgram();
std::filesystem::path printProgram();

/// "tool.problem.<kind>.<key>", else "tool.problem.<kind>", with the problem's facts.
std::string wordsFor(const base::Words& words, const base::Problem& problem);

}  // namespace tram::tool
