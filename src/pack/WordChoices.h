#pragma once
#include <string>
#include <vector>

#include "pack/Vocabulary.h"

namespace tram::pack {

// For pack/'s own .cpp files: what may have been meant by what was typed.

struct Asked {
    std::string word;         ///< letters, a number, or both ("quan3")
    bool unfinished = false;  ///< its beginning will do
    bool operator==(const Asked&) const = default;
};
/// Two where two words were written as one.
using AllOf = std::vector<Asked>;
using AnyOf = std::vector<AllOf>;

std::vector<Asked> asTyped(const std::vector<std::string>& words);

/// Whose slips are forgiven; those of numbers never: another number is another place.
enum class Forgive {
    Longer,  ///< of words of three letters and more; of two letters only that they were exchanged
    All,     ///< of shorter ones as well, where nothing else is found
};
/// With one slip in a word, a blank left out counting as one; the commonest first, none of them as typed.
AnyOf mended(const Vocabulary& words, const Asked& typed, Forgive forgive);
/// With a blank too many between two words, or typed a letter too early or too late.
AnyOf mendedTogether(const Vocabulary& words, const Asked& first, const Asked& second);

}  // namespace tram::pack
