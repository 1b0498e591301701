#include "typing/Rhymes.h"

#include <algorithm>

namespace tram::typing {
namespace {

// Every rhyme of the written language with the letter that bears its tone, by first letter; where the two
// styles differ, old before new. ă, â and ươ by themselves are for those who write about the letters.
// clang-format off
constexpr Rhyme kRhymes[] = {
    {U"a", 0}, {U"ai", 0}, {U"ao", 0}, {U"au", 0}, {U"ay", 0}, {U"am", 0}, {U"an", 0}, {U"ang", 0},
    {U"anh", 0}, {U"ap", 0}, {U"at", 0}, {U"ac", 0}, {U"ach", 0},
    {U"ăm", 0}, {U"ăn", 0}, {U"ăng", 0}, {U"ăp", 0}, {U"ăt", 0}, {U"ăc", 0}, {U"ăk", 0},
    {U"âu", 0}, {U"ây", 0}, {U"âm", 0}, {U"ân", 0}, {U"âng", 0}, {U"âp", 0}, {U"ât", 0}, {U"âc", 0},
    {U"ă", 0}, {U"â", 0},
    {U"e", 0}, {U"eo", 0}, {U"em", 0}, {U"en", 0}, {U"eng", 0}, {U"ep", 0}, {U"et", 0}, {U"ec", 0},
    {U"ê", 0}, {U"êu", 0}, {U"êm", 0}, {U"ên", 0}, {U"ênh", 0}, {U"êp", 0}, {U"êt", 0}, {U"êch", 0},
    {U"i", 0}, {U"iu", 0}, {U"im", 0}, {U"in", 0}, {U"inh", 0}, {U"ip", 0}, {U"it", 0}, {U"ich", 0},
    {U"ia", 0},
    {U"iêu", 1}, {U"iêm", 1}, {U"iên", 1}, {U"iêng", 1}, {U"iêp", 1}, {U"iêt", 1}, {U"iêc", 1},
    {U"o", 0}, {U"oi", 0}, {U"om", 0}, {U"on", 0}, {U"ong", 0}, {U"op", 0}, {U"ot", 0}, {U"oc", 0},
    {U"oong", 1}, {U"ooc", 1},
    {U"ô", 0}, {U"ôi", 0}, {U"ôm", 0}, {U"ôn", 0}, {U"ông", 0}, {U"ôp", 0}, {U"ôt", 0}, {U"ôc", 0},
    {U"ơ", 0}, {U"ơi", 0}, {U"ơm", 0}, {U"ơn", 0}, {U"ơp", 0}, {U"ơt", 0},
    {U"oa", 0, 1}, {U"oe", 0, 1},
    {U"oai", 1}, {U"oay", 1}, {U"oao", 1}, {U"oam", 1}, {U"oan", 1}, {U"oang", 1}, {U"oanh", 1},
    {U"oap", 1}, {U"oat", 1}, {U"oac", 1}, {U"oach", 1},
    {U"oăm", 1}, {U"oăn", 1}, {U"oăng", 1}, {U"oăt", 1}, {U"oăc", 1},
    {U"oeo", 1}, {U"oem", 1}, {U"oen", 1}, {U"oet", 1},
    {U"u", 0}, {U"ui", 0}, {U"um", 0}, {U"un", 0}, {U"ung", 0}, {U"up", 0}, {U"ut", 0}, {U"uc", 0},
    {U"ua", 0},
    {U"uôi", 1}, {U"uôm", 1}, {U"uôn", 1}, {U"uông", 1}, {U"uôt", 1}, {U"uôc", 1},
    {U"uây", 1}, {U"uân", 1}, {U"uâng", 1}, {U"uât", 1},
    {U"uê", 1}, {U"uêu", 1}, {U"uênh", 1}, {U"uêch", 1}, {U"uơ", 1},
    {U"uy", 0, 1},
    {U"uya", 1}, {U"uyu", 1}, {U"uyn", 1}, {U"uynh", 1}, {U"uyp", 1}, {U"uyt", 1}, {U"uych", 1},
    {U"uyên", 2}, {U"uyêt", 2},
    {U"ư", 0}, {U"ưi", 0}, {U"ưu", 0}, {U"ưm", 0}, {U"ưn", 0}, {U"ưng", 0}, {U"ưt", 0}, {U"ưc", 0},
    {U"ưa", 0},
    {U"ươ", 1}, {U"ươi", 1}, {U"ươu", 1}, {U"ươm", 1}, {U"ươn", 1}, {U"ương", 1}, {U"ươp", 1}, {U"ươt", 1},
    {U"ươc", 1},
    {U"y", 0}, {U"ynh", 0}, {U"yt", 0}, {U"ych", 0},
    {U"yêu", 1}, {U"yêm", 1}, {U"yên", 1}, {U"yêng", 1}, {U"yêt", 1},
};
// clang-format on

constexpr Spelling kInitials[] = {U"",   U"b",  U"c",  U"ch", U"d", U"đ",  U"g",  U"gh",  U"gi", U"h",
                                  U"k",  U"kh", U"kr", U"l",  U"m", U"n",  U"ng", U"ngh", U"nh", U"p",
                                  U"ph", U"qu", U"r",  U"s",  U"t", U"th", U"tr", U"v",   U"x"};

struct Pair {
    std::u32string_view initial, rhyme;
};

// Names of places that Vietnamese spelling does not cover, and letters by themselves.
constexpr Pair kExceptions[] = {{U"kr", U"ông"} /* Krông Pắc */,
                                {U"đ", U"ăk"} /* Đắk Lắk */,
                                {U"l", U"ăk"},
                                {U"k", U"an"} /* Bắc Kạn */,
                                {U"", U"ă"},
                                {U"", U"â"},
                                {U"", U"ươ"},
                                {U"h", U"uơ"},
                                {U"kh", U"uơ"},
                                {U"th", U"uơ"}};

template <std::size_t N>
bool among(std::u32string_view text, const std::u32string_view (&list)[N]) {
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

bool isException(const Spelling& initial, const Rhyme& rhyme) {
    return std::any_of(std::begin(kExceptions), std::end(kExceptions), [&](const Pair& pair) {
        return pair.initial == initial.text && pair.rhyme == rhyme.text;
    });
}

bool onlyInExceptions(const Spelling& initial, const Rhyme& rhyme) {
    static constexpr std::u32string_view kRare[] = {U"ăk", U"ă", U"â", U"ươ", U"uơ"};
    return initial.text == U"kr" || among(rhyme.text, kRare);
}

bool followsQu(const Rhyme& rhyme) {
    static constexpr std::u32string_view kRounded[] = {U"ôc", U"ơ"};
    static constexpr std::u32string_view kWithY[] = {U"y", U"ynh", U"yt", U"ych", U"yên", U"yêt"};
    switch (rhyme.marks[0].base) {
        case U'a':
        case U'e':
            return true;
        case U'i':
            return rhyme.size == 1 || !isVowel(rhyme.marks[1].base);
        case U'y':
            return among(rhyme.text, kWithY);
        default:
            return among(rhyme.text, kRounded);
    }
}

// iê is yê where no consonant stands before it; ynh, yt, ych are only written after qu.
bool agreesOnY(const Spelling& initial, const Rhyme& rhyme) {
    if (rhyme.text == U"y") return true;
    if (rhyme.text.starts_with(U"yê")) return initial.size == 0;
    if (rhyme.marks[0].base == U'y') return false;
    return !rhyme.text.starts_with(U"iê") || initial.size > 0;
}

// gì and giết are written with one i for two; gia and giu are gi + a and gi + u.
bool mergesWithGi(const Rhyme& rhyme) {
    return rhyme.size == 1 || !isVowel(rhyme.marks[1].base) || rhyme.text.starts_with(U"iê");
}

bool agreesOnFrontVowel(std::u32string_view initial, const Rhyme& rhyme) {
    const char32_t vowel = rhyme.marks[0].base;
    const bool front = vowel == U'e' || vowel == U'i' || vowel == U'y';
    if (initial == U"c" || initial == U"ng") return !front;
    if (initial == U"k") return front;
    if (initial == U"gh" || initial == U"ngh") return vowel == U'e' || vowel == U'i';
    if (initial == U"g") return !front || (vowel == U'i' && mergesWithGi(rhyme));
    if (initial == U"gi") return vowel != U'i' && vowel != U'y';
    return true;
}

}  // namespace

bool Rhyme::isBareLetter() const {
    return text == U"ă" || text == U"â" || text == U"ươ";
}

bool Rhyme::takes(Tone tone) const {
    if (isBareLetter()) return tone == Tone::None;
    return !stop || tone == Tone::Sac || tone == Tone::Nang;
}

std::span<const Rhyme> rhymes() {
    return kRhymes;
}

std::span<const Rhyme> rhymesFrom(char32_t base) {
    const auto byBase = [](const Rhyme& rhyme) { return rhyme.marks[0].base; };
    const auto found = std::ranges::equal_range(kRhymes, base, {}, byBase);
    return {found.begin(), found.end()};
}

std::span<const Spelling> initials() {
    return kInitials;
}

bool joins(const Spelling& initial, const Rhyme& rhyme) {
    if (isException(initial, rhyme)) return true;
    if (onlyInExceptions(initial, rhyme)) return false;
    if (initial.text == U"qu") return followsQu(rhyme);
    return agreesOnY(initial, rhyme) && agreesOnFrontVowel(initial.text, rhyme);
}

}  // namespace tram::typing
