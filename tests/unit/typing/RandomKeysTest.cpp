#include <catch2/catch.hpp>
#include <random>

#include "tests/unit/typing/Typist.h"
#include "typing/Glyph.h"
#include "typing/Syllable.h"

using namespace tram::typing;
using namespace tram::typing::test;

namespace {

constexpr int kRounds = 3000;

class Chance {
  public:
    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_);
    }
    char32_t of(std::u32string_view choice) { return choice[below(choice.size())]; }
    std::u32string keys(std::u32string_view choice, std::size_t most) {
        std::u32string all;
        for (std::size_t i = below(most + 1); i > 0; --i) all += of(choice);
        return all;
    }
    Options options() { return {static_cast<Method>(below(3)), static_cast<ToneStyle>(below(2))}; }

  private:
    std::mt19937 engine_{20261121};
};

constexpr std::u32string_view kDense = U"aaeeoouuwwiyddgnhtcqsfrxjz";
constexpr std::u32string_view kLetters = U"abcdefghijklmnopqrstuvwxyzAEOUWDSFX";
constexpr std::u32string_view kAnything =
    U"aaeeoouuwwiyddnghtcsfrxjzAODW0123456789  ..@:/-,\n\tăâđêôơưếờñ字Ж😀\u0301\u200D\u202E\u0007";

void anyAct(Chance& chance, Typist& typist) {
    switch (chance.below(20)) {
        case 0:
            typist.tone(static_cast<Tone>(chance.below(6)));
            break;
        case 1:
            typist.letter(chance.of(U"ăâđêôơưĂÂĐÊÔƠƯ"));
            break;
        case 2:
            typist.erase();
            break;
        case 3:
            typist.composer.reset();
            break;
        case 4:
            typist.composer.setOptions(chance.options());
            break;
        case 5:
            typist.composer.resume(typist.text);
            break;
        case 6:
            typist.finish();
            break;
        default:
            typist.press(chance.of(kAnything));
            break;
    }
}

std::u32string plain(std::u32string_view text) {
    std::u32string letters;
    for (char32_t character : text) letters += takeApart(character).base;
    return letters;
}

bool isMarked(std::u32string_view text) {
    return std::any_of(text.begin(), text.end(), [](char32_t c) { return c >= 0x80; });
}

bool isKept(std::u32string_view text) {
    Letters letters;
    Tone tone = Tone::None;
    for (char32_t character : text) {
        const Glyph glyph = takeApart(character);
        if (glyph.tone != Tone::None) tone = glyph.tone;
        letters.push_back({glyph.base, glyph.shape, glyph.upper});
    }
    const auto noMark = [](const Letter& l) { return l.shape == Shape::None || l.shape == Shape::Bar; };
    const bool onlyBars = tone == Tone::None && std::all_of(letters.begin(), letters.end(), noMark);
    return isSyllable(letters, tone) || (onlyBars && !hasVowel(letters));
}

}  // namespace

TEST_CASE("a finished word is a syllable, or unmarked, or what was typed") {
    Chance chance;
    for (int round = 0; round < kRounds * 3; ++round) {
        const std::u32string keys = chance.keys(round % 2 ? kDense : U"abcdefghijklmnopqrstuvwxyz", 9);
        const std::u32string text = composeFinished(keys, kTelex);
        INFO(tram::base::toUtf8(keys) << " → " << tram::base::toUtf8(text));
        CHECK((text == keys || !isMarked(text) || isKept(text)));
    }
}

TEST_CASE("typing key by key into a field shows what compose says, whatever came before") {
    Chance chance;
    for (int round = 0; round < kRounds; ++round) {
        const Options options = chance.options();
        Typist typist(options);
        for (int i = 0; i < 10; ++i) anyAct(chance, typist);
        typist.type(U" ");
        typist.composer.setOptions(options);
        const std::size_t start = typist.text.size();
        const std::u32string keys = chance.keys(kLetters, 12);
        typist.type(keys);
        CHECK(typist.text.substr(start) == compose(keys, options));
        CHECK(typist.finish().text.substr(start) == composeFinished(keys, options));
    }
}

TEST_CASE("Backspace takes one letter off a time and leaves the others, down to nothing") {
    Chance chance;
    for (int round = 0; round < kRounds; ++round) {
        Typist typist(chance.options());
        for (int i = 0; i < 25; ++i) anyAct(chance, typist);
        while (!typist.text.empty()) {
            const std::u32string before = plain(typist.text);
            typist.erase();
            REQUIRE(plain(typist.text) == before.substr(0, before.size() - 1));
        }
        CHECK(typist.type(U" ").shown() == " ");
    }
}

TEST_CASE("whatever is not Vietnamese typing stays in the text") {
    Chance chance;
    for (int round = 0; round < kRounds; ++round) {
        const std::u32string keys = chance.keys(U"0123456789 .,;:!?@/-_()\n\t字Жñ😀\u0301\u202E", 40);
        CHECK(composeFinished(keys, kTelex) == keys);
        CHECK(composeFinished(keys, kVni) == keys);
        const std::u32string any = chance.keys(kAnything, 40);
        CHECK(composeFinished(any, kOff) == any);
    }
}

TEST_CASE("the text never outgrows the keys, and Edits stay small") {
    Chance chance;
    for (Method method : {Method::Telex, Method::Vni}) {
        Typist typist({method, ToneStyle::Old});
        for (std::size_t i = 0; i < 20000; ++i) {
            typist.press(chance.of(i < 10000 ? kDense : kAnything));
            REQUIRE(typist.text.size() <= i + 1);
            REQUIRE(typist.last.erase <= 200);
            REQUIRE(typist.last.insert.size() <= 200);
        }
    }
}

TEST_CASE("code points no keyboard has do no harm") {
    for (char32_t odd :
         {char32_t{0}, char32_t{0xD800}, char32_t{0x10FFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
        Typist typist;
        CHECK(typist.press(U'a').press(odd).press(U's').text == std::u32string{U'a', odd, U's'});
        typist.letter(odd);
        CHECK(typist.text.size() == 4);
    }
}
