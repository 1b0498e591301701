#include "tool/Tool.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <vector>

#include "device/ConfigWords.h"
#include "tool/Faults.h"
#include "tool/Harmless.h"

namespace tram::tool {

namespace {

std::filesystem::path programDirectory() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

base::Result<void> actAsOwnerOf(const std::filesystem::path& directory) {
    struct stat info{};
    if (geteuid() != 0 || stat(directory.c_str(), &info) != 0 || info.st_uid == 0) return {};
    std::vector<gid_t> groups{info.st_gid};
    if (const group* video = getgrnam("video")) groups.push_back(video->gr_gid);  // as the kiosk's unit
    if (setgroups(groups.size(), groups.data()) == 0 &&
        setresgid(info.st_gid, info.st_gid, info.st_gid) == 0 &&
        setresuid(info.st_uid, info.st_uid, info.st_uid) == 0) {
        return {};
    }
    return base::fail(base::ProblemKind::Internal, {{"detail", "setresuid"}});
}

/// Of a file that people write: which line, which member, and what should stand there.
std::string placedWords(const base::Words& words, const base::Problem& problem) {
    const bool character = !problem.fact("character").empty();
    return words.text(character ? "tool.pack.fault.character" : "tool.pack.fault.member",
                      {{"file", std::string(problem.fact("path"))},
                       {"row", std::string(problem.fact("line"))},
                       {"column", std::string(problem.fact("at"))},
                       {"character", std::string(problem.fact("character"))},
                       {"what", expectationOf(words, problem.fact("expected"))}});
}

}  // namespace

void Tool::print(std::string_view key, const base::Words::Values& values) const {
    std::cout << say(key, values) << '\n';
}

std::string Tool::say(std::string_view key, base::Words::Values values) const {
    for (auto& [name, value] : values) value = harmless(value);
    return words.text(key, values);
}

void Tool::fail(const base::Problem& problem) {
    std::cerr << wordsFor(words, problem) << '\n';
    exitCode = 1;
}

base::Result<device::KioskConfig> Tool::loadConfig() const {
    auto loaded = device::KioskConfig::load(config);
    if (!loaded) return loaded;
    if (auto acting = actAsOwnerOf(loaded->dataDir); !acting) return tl::unexpected(acting.error());
    return loaded;
}

std::filesystem::path shareDirectory() {
    return programDirectory().parent_path() / "share/tram";
}

std::filesystem::path cameraProgram() {
    return programDirectory() / "tram-camera";
}

std::filesystem::path printProgram() {
    return programDirectory() / "tram-print";
}

std::string wordsFor(const base::Words& words, const base::Problem& problem) {
    auto shown = problem;
    for (auto& [key, value] : shown.facts) value = harmless(value);
    if (shown.kind == base::ProblemKind::BadConfig) return device::configWords(words, shown);
    base::Words::Values values;
    for (const char* key : {"path", "key", "status", "detail"}) values[key] = shown.fact(key);
    for (const char* key : {"path", "key", "detail"})
        if (const auto fact = shown.fact(key); !fact.empty())
            values["where"] += (values["where"].empty() ? "" : ", ") + std::string(fact);
    if (!shown.fact("expected").empty() && !shown.fact("line").empty()) return placedWords(words, shown);
    const std::string general = "tool.problem." + std::string(name(problem.kind));
    const std::string particular = general + "." + values["key"];
    return words.text(words.has(particular) ? particular : general, values);
}

}  // namespace tram::tool
