#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tram::pack {

// A slip is a letter more, less or other, or two in the wrong order (optimal string alignment). ASCII.

/// The word without each of its letters in turn, each once.
std::vector<std::string> deletions(std::string_view word);

struct Beginning {
    std::size_t slips = 0;
    bool whole = false;  ///< it ends where a word ends
    bool operator==(const Beginning&) const = default;
};
/// With how few slips `typed` is a beginning of `text`; none when that takes more than `most`.
std::optional<Beginning> beginningOf(std::string_view text, std::string_view typed, std::size_t most);

}  // namespace tram::pack
