#include <catch2/catch.hpp>
#include <unordered_set>

#include "tests/unit/typing/KeyOrders.h"
#include "tests/unit/typing/Syllables.h"
#include "tests/unit/typing/Typist.h"
#include "typing/ForeignWords.h"
#include "typing/Syllable.h"

using namespace tram::typing;
using namespace tram::typing::test;

namespace {

struct Tally {
    std::size_t orders = 0;
    std::vector<std::string> wrong;
};

/// With the new style only what it changes.
Tally typeEverything(const Options& options) {
    Tally tally;
    forEachSyllable(
        options.toneStyle, [&](const Spelling&, const Rhyme& rhyme, const std::u32string& syllable) {
            if (options.toneStyle == ToneStyle::New && rhyme.oldBearer == rhyme.newBearer) return;
            for (const auto& keys : keyOrders(syllable, options.method)) {
                ++tally.orders;
                const bool wow = keys[0] == U'w' && syllable.size() == 2;  // English, not the letters ư and ơ
                if (wow || isForeignWord(keys) || composeFinished(keys, options) == syllable) continue;
                tally.wrong.push_back(tram::base::toUtf8(keys) + " for " + tram::base::toUtf8(syllable));
            }
        });
    return tally;
}

Letters lettersOf(std::u32string_view word, Tone& tone) {
    Letters letters;
    for (char32_t character : word) {
        const Glyph glyph = takeApart(character);
        if (glyph.tone != Tone::None) tone = glyph.tone;
        letters.push_back({glyph.base, glyph.shape, glyph.upper});
    }
    return letters;
}

bool isSpelledRight(std::u32string_view word) {
    Tone tone = Tone::None;
    const Letters letters = lettersOf(word, tone);
    return isSyllable(letters, tone);
}

}  // namespace

TEST_CASE("the key orders are those people use") {
    const auto keys = keyOrders(U"người", Method::Telex);
    const std::unordered_set<std::u32string> all(keys.begin(), keys.end());
    for (const char32_t* order :
         {U"nguowif", U"nguoiwf", U"nguoifw", U"nguwowif", U"nguowfi", U"ngwowif", U"ngwoif"})
        CHECK(all.count(order) == 1);
    CHECK(keyOrders(U"đường", Method::Vni).size() > 50);
    CHECK(keyOrders(U"ba", Method::Vni) == std::vector<std::u32string>{U"ba"});
}

TEST_CASE("every syllable in every key order: Telex, hòa") {
    const Tally tally = typeEverything(kTelex);
    CHECK(tally.orders > 80000);
    CHECK(tally.wrong == std::vector<std::string>{});
}

TEST_CASE("every syllable in every key order: VNI, hòa") {
    const Tally tally = typeEverything(kVni);
    CHECK(tally.orders > 70000);
    CHECK(tally.wrong == std::vector<std::string>{});
}

TEST_CASE("every syllable that hoà style spells otherwise") {
    for (Method method : {Method::Telex, Method::Vni}) {
        const Tally tally = typeEverything({method, ToneStyle::New});
        CHECK(tally.orders > 400);
        CHECK(tally.wrong == std::vector<std::string>{});
    }
}

TEST_CASE("spelling decides what is a syllable") {
    for (const char32_t* right :
         {U"nghiêng", U"giếng", U"gì", U"quốc", U"quý", U"khuỷu", U"thuở", U"xoong", U"yểng", U"ngoẹo",
          U"rượu", U"đắk", U"ước", U"ỉa", U"kỹ", U"ghế", U"giữa", U"giặt", U"uých"})
        CHECK(isSpelledRight(right));
    for (const char32_t* wrong :
         {U"cế",    U"kà",   U"ngế", U"ghà", U"quữ", U"iêu",  U"biêuk", U"tòc",  U"tâch", U"bôc",
          U"ưởngh", U"đăks", U"zà",  U"fế",  U"gỳ",  U"cuêc", U"băk",   U"thươ", U"",     U"ng"})
        CHECK_FALSE(isSpelledRight(wrong));
}

TEST_CASE("the table is in order") {
    std::unordered_set<std::u32string_view> seen;
    char32_t before = 0;
    for (const Rhyme& rhyme : rhymes()) {
        INFO(tram::base::toUtf8(rhyme.text));
        CHECK(seen.insert(rhyme.text).second);
        CHECK(before <= rhyme.marks[0].base);  // rhymesFrom looks it up by halves
        before = rhyme.marks[0].base;
        CHECK(rhyme.newBearer < rhyme.size);
        CHECK(isVowel(rhyme.marks[rhyme.oldBearer].base));
        CHECK(isVowel(rhyme.marks[rhyme.newBearer].base));
        // A shaped letter bears the tone; of two (ươ) the second does.
        for (std::size_t i = rhyme.oldBearer + 1; i < rhyme.size; ++i)
            CHECK(rhyme.marks[i].shape == Shape::None);
        bool written = false;
        for (const Spelling& initial : initials()) written = written || joins(initial, rhyme);
        CHECK(written);
    }
    CHECK(seen.size() > 160);
}
