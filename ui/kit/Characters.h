#pragma once
#include <string_view>

namespace tram::kit {

bool isLetter(char32_t c);  ///< of a Vietnamese word
bool isBlank(char32_t c);
bool isCombining(char32_t c);
/// Neither control, nor bidirectional, nor of zero width: what base::clean would keep.
bool isVisible(char32_t c);
/// Upper case letter, digit or dash of a code; 0 for anything else. Any dash becomes "-".
char32_t asCode(char32_t c);
/// True when the character at `at` belongs to the one before it (marks, skin tones, joined emoji).
bool joinsBefore(std::u32string_view text, std::size_t at);
/// Upper case of ASCII and Vietnamese letters, for the shift key.
char32_t upper(char32_t c);

}  // namespace tram::kit
