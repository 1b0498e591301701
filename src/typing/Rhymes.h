#pragma once
#include <array>
#include <span>
#include <string_view>

#include "typing/Glyph.h"

namespace tram::typing {

struct Mark {
    char32_t base = 0;
    Shape shape = Shape::None;
};

/// A spelling with its letters taken apart once, at compile time.
struct Spelling {
    std::u32string_view text;
    std::array<Mark, 4> marks{};
    std::size_t size = 0;

    constexpr Spelling(const char32_t* spelled);
};

/// Glide, nucleus and coda as they are spelled.
struct Rhyme : Spelling {
    std::size_t oldBearer;  ///< which letter bears the tone in hòa
    std::size_t newBearer;  ///< and in hoà
    bool stop;              ///< p t c ch: only sắc and nặng

    constexpr Rhyme(const char32_t* spelled, std::size_t bearer) : Rhyme(spelled, bearer, bearer) {}
    constexpr Rhyme(const char32_t* spelled, std::size_t oldBearer, std::size_t newBearer);
    bool isBareLetter() const;  ///< ă, â, ươ: spelled by themselves, never with a tone
    bool takes(Tone tone) const;
};

std::span<const Rhyme> rhymes();
std::span<const Rhyme> rhymesFrom(char32_t base);  ///< those whose first letter is this, shaped or not
std::span<const Spelling> initials();

/// Whether the two are ever written together: c k q, g gh, ng ngh before e ê i; gi and qu; i and y.
bool joins(const Spelling& initial, const Rhyme& rhyme);

constexpr Mark markOf(char32_t letter) {
    switch (letter) {
        case U'ă':
            return {U'a', Shape::Breve};
        case U'â':
            return {U'a', Shape::Circumflex};
        case U'đ':
            return {U'd', Shape::Bar};
        case U'ê':
            return {U'e', Shape::Circumflex};
        case U'ô':
            return {U'o', Shape::Circumflex};
        case U'ơ':
            return {U'o', Shape::Horn};
        case U'ư':
            return {U'u', Shape::Horn};
        default:
            return {letter, Shape::None};
    }
}

constexpr Spelling::Spelling(const char32_t* spelled) : text(spelled) {
    for (char32_t letter : text) marks[size++] = markOf(letter);
}

constexpr bool endsInStop(std::u32string_view text) {
    return text.ends_with(U'p') || text.ends_with(U't') || text.ends_with(U'c') || text.ends_with(U"ch");
}

constexpr Rhyme::Rhyme(const char32_t* spelled, std::size_t oldAt, std::size_t newAt)
    : Spelling(spelled), oldBearer(oldAt), newBearer(newAt), stop(endsInStop(text)) {}

}  // namespace tram::typing
