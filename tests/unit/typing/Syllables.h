#pragma once
#include <string>
#include <vector>

#include "typing/Glyph.h"
#include "typing/Rhymes.h"

namespace tram::typing::test {

inline std::u32string spell(const Spelling& initial, const Rhyme& rhyme, Tone tone, ToneStyle style) {
    std::u32string text = std::u32string(initial.text) + std::u32string(rhyme.text);
    char32_t& bearer = text[initial.size + (style == ToneStyle::Old ? rhyme.oldBearer : rhyme.newBearer)];
    Glyph glyph = takeApart(bearer);
    glyph.tone = tone;
    bearer = putTogether(glyph);
    return text;
}

/// Every syllable the table allows, sặc sỡ and never heard ones alike.
template <typename Each>
void forEachSyllable(ToneStyle style, Each&& each) {
    for (const Spelling& initial : initials())
        for (const Rhyme& rhyme : rhymes())
            for (int tone = 0; tone < 6 && joins(initial, rhyme); ++tone)
                if (rhyme.takes(static_cast<Tone>(tone)))
                    each(initial, rhyme, spell(initial, rhyme, static_cast<Tone>(tone), style));
}

}  // namespace tram::typing::test
