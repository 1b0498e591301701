#pragma once
#include <cstdint>

#include "typing/Options.h"

namespace tram::typing {

enum class Shape : std::uint8_t { None, Circumflex, Breve, Horn, Bar };

/// A character taken apart: ế is e + circumflex + sắc. Anything that is no Vietnamese letter stays whole in
/// `base`.
struct Glyph {
    char32_t base = 0;  ///< small letter
    Shape shape = Shape::None;
    Tone tone = Tone::None;
    bool upper = false;
};

Glyph takeApart(char32_t character);
char32_t putTogether(const Glyph& glyph);  ///< precomposed (NFC)

bool isVowel(char32_t base);
/// Anything that continues a word: letters of every script. Digits and marks do not.
bool isLetter(char32_t character);

}  // namespace tram::typing
