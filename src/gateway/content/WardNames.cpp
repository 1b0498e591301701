#include "gateway/content/WardNames.h"

#include <sstream>

#include "base/Files.h"

namespace tram::gateway {

base::Result<WardNames> readWardNames(const std::filesystem::path& csv) {
    const auto text = base::readFile(csv);
    if (!text) return tl::unexpected(text.error());
    WardNames wards;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const auto first = line.find(','), last = line.rfind(',');
        if (first != last) wards[line.substr(0, first)] = line.substr(last + 1);
    }
    return wards;
}

std::string wardName(const WardNames& wards, const std::string& code) {
    const auto found = wards.find(code);
    return found == wards.end() ? code : found->second;
}

}  // namespace tram::gateway
