#include "typing/Glyph.h"

#include <unicode/normalizer2.h>

#include <catch2/catch.hpp>

using namespace tram::typing;

namespace {

/// The same letter by Unicode's own rules (UAX 15): base, shape and tone as combining marks, composed to NFC.
char32_t byUnicode(const Glyph& glyph) {
    static constexpr char32_t kShapes[] = {0, 0x302, 0x306, 0x31B};
    static constexpr char32_t kTones[] = {0, 0x301, 0x300, 0x309, 0x303, 0x323};
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text(static_cast<UChar32>(glyph.upper ? glyph.base - 32 : glyph.base));
    if (const char32_t shape = kShapes[static_cast<int>(glyph.shape)])
        text.append(static_cast<UChar32>(shape));
    if (const char32_t tone = kTones[static_cast<int>(glyph.tone)]) text.append(static_cast<UChar32>(tone));
    text = icu::Normalizer2::getNFCInstance(status)->normalize(text, status);
    REQUIRE(text.countChar32() == 1);
    return static_cast<char32_t>(text.char32At(0));
}

}  // namespace

TEST_CASE("every Vietnamese vowel is taken apart and put together as Unicode does") {
    const std::pair<char32_t, Shape> vowels[] = {
        {U'a', Shape::None},       {U'a', Shape::Breve}, {U'a', Shape::Circumflex}, {U'e', Shape::None},
        {U'e', Shape::Circumflex}, {U'i', Shape::None},  {U'o', Shape::None},       {U'o', Shape::Circumflex},
        {U'o', Shape::Horn},       {U'u', Shape::None},  {U'u', Shape::Horn},       {U'y', Shape::None}};
    for (const auto& [base, shape] : vowels)
        for (int tone = 0; tone < 6; ++tone)
            for (bool upper : {false, true}) {
                const Glyph glyph{base, shape, static_cast<Tone>(tone), upper};
                const char32_t letter = putTogether(glyph);
                CHECK(letter == byUnicode(glyph));
                const Glyph again = takeApart(letter);
                CHECK((again.base == base && again.shape == shape && again.tone == glyph.tone &&
                       again.upper == upper));
            }
}

TEST_CASE("anything else stays whole") {
    CHECK(takeApart(U'Đ').base == U'd');
    CHECK(putTogether(takeApart(U'Đ')) == U'Đ');
    for (char32_t other :
         {U'ñ', U'Ж', U'7', U' ', U'@', U'字', U'😀', char32_t{0}, char32_t{0x10FFFF}, char32_t{0x7FFFFFFF}})
        CHECK(putTogether(takeApart(other)) == other);
}
