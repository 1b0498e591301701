#pragma once
#include <optional>
#include <vector>

#include "typing/Glyph.h"

namespace tram::typing {

/// One letter of the word as it stands; the tone belongs to the word.
struct Letter {
    char32_t base = 0;
    Shape shape = Shape::None;
    bool upper = false;
    bool lone = false;     ///< ư out of a w by itself: undoing it gives the w back
    bool implied = false;  ///< its shape follows from its neighbours (ưong → ương); the key may still come

    bool spells(char32_t plain) const { return base == plain && shape == Shape::None; }
};
using Letters = std::vector<Letter>;

bool hasVowel(const Letters& letters);
bool allUpper(const Letters& letters);

/// Whether more keys (letters at the end, shapes and tones anywhere) could make a Vietnamese syllable of it.
bool isBeginning(const Letters& letters, Tone tone);
/// Whether it is one now: every shape in its place, and the tone one that its coda permits.
bool isSyllable(const Letters& letters, Tone tone);
/// Which letter bears the tone, also while shapes and coda are still missing; nothing without a vowel.
std::optional<std::size_t> toneBearer(const Letters& letters, Tone tone, ToneStyle style);

}  // namespace tram::typing
