#pragma once
#include <cstdlib>
#include <string>
#include <vector>

namespace tram::kills {

inline std::string listed(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

/// TRAM_KILLS: how many of each kind a long run does.
inline std::uint32_t killsAskedFor(std::uint32_t usual) {
    const char* asked = std::getenv("TRAM_KILLS");
    return asked ? static_cast<std::uint32_t>(std::strtoul(asked, nullptr, 10)) : usual;
}

}  // namespace tram::kills
