#include "pack/Slips.h"

#include <algorithm>
#include <numeric>

namespace tram::pack {

namespace {

using Row = std::vector<std::size_t>;

/// How many slips lead from the first `row` letters of what was typed to each beginning of the text.
Row nextRow(std::string_view text, std::string_view typed, std::size_t row, const Row& before,
            const Row& before2) {
    Row next(text.size() + 1, row);
    for (std::size_t at = 1; at <= text.size(); ++at) {
        const bool same = text[at - 1] == typed[row - 1];
        next[at] = std::min({before[at] + 1, next[at - 1] + 1, before[at - 1] + (same ? 0 : 1)});
        if (row > 1 && at > 1 && text[at - 1] == typed[row - 2] && text[at - 2] == typed[row - 1])
            next[at] = std::min(next[at], before2[at - 2] + 1);
    }
    return next;
}

}  // namespace

std::vector<std::string> deletions(std::string_view word) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (at > 0 && word[at] == word[at - 1]) continue;  // the same as its neighbour's
        all.push_back(std::string(word.substr(0, at)).append(word.substr(at + 1)));
    }
    return all;
}

std::optional<Beginning> beginningOf(std::string_view text, std::string_view typed, std::size_t most) {
    const auto compared = text.substr(0, typed.size() + most);
    Row before2, before, row(compared.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t letters = 1; letters <= typed.size(); ++letters) {
        before2 = std::move(before);
        before = std::move(row);
        row = nextRow(compared, typed, letters, before, before2);
        if (*std::ranges::min_element(row) > most) return std::nullopt;
    }
    const auto slips = *std::ranges::min_element(row);
    if (slips > most) return std::nullopt;
    Beginning found{slips, false};
    for (std::size_t at = 0; at < row.size(); ++at)
        if (row[at] == slips && (at == text.size() || text[at] == ' ')) found.whole = true;
    return found;
}

}  // namespace tram::pack
