#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::pack {

/// The words a text is found by: folded (base::fold), letters and digits parted, numbers without leading
/// zeros: "P.04 Trần Bình-Trọng" → p, 4, tran, binh, trong.
std::vector<std::string> searchWords(std::string_view text);

/// What stands in the index for a text: its words, and each number once more joined to the word before it, so
/// that "quận 3" is not "phường 3, quận 4": quan, 3, quan3.
std::vector<std::string> indexWords(std::string_view text);

/// What to ask the index for: as indexWords, but a number and the word before it only in the joined form.
std::vector<std::string> queryWords(std::string_view typed);

/// The words as they are spelled, accents and all, in lower case.
std::vector<std::string> spelledWords(std::string_view text);

bool isNumber(std::string_view word);

}  // namespace tram::pack
