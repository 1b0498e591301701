#include "typing/Glyph.h"

#include <unicode/uchar.h>

#include <string_view>

namespace tram::typing {
namespace {

struct Row {
    char32_t base;
    Shape shape;
    std::u32string_view small, capital;  // in the order of Tone
};

constexpr Row kRows[] = {
    {U'a', Shape::None, U"aáàảãạ", U"AÁÀẢÃẠ"},
    {U'a', Shape::Breve, U"ăắằẳẵặ", U"ĂẮẰẲẴẶ"},
    {U'a', Shape::Circumflex, U"âấầẩẫậ", U"ÂẤẦẨẪẬ"},
    {U'e', Shape::None, U"eéèẻẽẹ", U"EÉÈẺẼẸ"},
    {U'e', Shape::Circumflex, U"êếềểễệ", U"ÊẾỀỂỄỆ"},
    {U'i', Shape::None, U"iíìỉĩị", U"IÍÌỈĨỊ"},
    {U'o', Shape::None, U"oóòỏõọ", U"OÓÒỎÕỌ"},
    {U'o', Shape::Circumflex, U"ôốồổỗộ", U"ÔỐỒỔỖỘ"},
    {U'o', Shape::Horn, U"ơớờởỡợ", U"ƠỚỜỞỠỢ"},
    {U'u', Shape::None, U"uúùủũụ", U"UÚÙỦŨỤ"},
    {U'u', Shape::Horn, U"ưứừửữự", U"ƯỨỪỬỮỰ"},
    {U'y', Shape::None, U"yýỳỷỹỵ", U"YÝỲỶỸỴ"},
    {U'd', Shape::Bar, U"đ", U"Đ"},
};

constexpr bool isAscii(char32_t character) {
    return character < 0x80;
}

}  // namespace

Glyph takeApart(char32_t character) {
    if (isAscii(character)) {
        const bool upper = character >= U'A' && character <= U'Z';
        return {upper ? character + 32 : character, Shape::None, Tone::None, upper};
    }
    for (const Row& row : kRows) {
        const auto small = row.small.find(character);
        const auto at = small != row.small.npos ? small : row.capital.find(character);
        if (at != row.small.npos)
            return {row.base, row.shape, static_cast<Tone>(at), small == row.small.npos};
    }
    return {character};
}

char32_t putTogether(const Glyph& glyph) {
    for (const Row& row : kRows) {
        if (row.base != glyph.base || row.shape != glyph.shape) continue;
        return (glyph.upper ? row.capital : row.small)[static_cast<std::size_t>(glyph.tone)];
    }
    return glyph.upper ? glyph.base - 32 : glyph.base;
}

bool isVowel(char32_t base) {
    return std::u32string_view(U"aeiouy").find(base) != std::u32string_view::npos;
}

bool isLetter(char32_t character) {
    return u_isalpha(static_cast<UChar32>(character));
}

}  // namespace tram::typing
