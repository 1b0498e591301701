#include "pack/Slips.h"

#include <algorithm>

namespace tram::pack {

std::vector<std::string> deletions(std::string_view word) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (at > 0 && word[at] == word[at - 1]) continue;  // the same as its neighbour's
        all.push_back(std::string(word.substr(0, at)).append(word.substr(at + 1)));
    }
    return all;
}

bool withinOneSlip(std::string_view a, std::string_view b) {
    const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto restA = a.substr(static_cast<std::size_t>(inA - a.begin()));
    const auto restB = b.substr(static_cast<std::size_t>(inB - b.begin()));
    const auto tail = [](std::string_view text, std::size_t from) {
        return text.size() < from ? std::string_view() : text.substr(from);
    };
    if (restA.empty() || restB.empty()) return restA.size() + restB.size() <= 1;
    if (tail(restA, 1) == tail(restB, 1)) return true;                    // another letter
    if (tail(restA, 1) == restB || restA == tail(restB, 1)) return true;  // one more or less
    return restA.size() > 1 && restB.size() > 1 && restA[0] == restB[1] && restA[1] == restB[0] &&
           tail(restA, 2) == tail(restB, 2);
}

}  // namespace tram::pack
