#include "base/VietnameseText.h"

#include <catch2/catch.hpp>
#include <random>

using namespace tram::base;

namespace {
const std::string kFamily = "👨‍👩‍👧‍👦";  // four people and three joiners
const std::string kRainbow = "🏳️‍🌈";            // flag, U+FE0F, joiner, rainbow
const std::string kThumb = "👍🏽";
}  // namespace

TEST_CASE("NFC is the only form") {
    CHECK(toNfc("Tie\xCC\x82\xCC\x81ng Vie\xCC\xA3\xCC\x82t") == "Tiếng Việt");
    CHECK(toNfc("đ") == "đ");
    CHECK(toNfc("a\xFF") == "a\xEF\xBF\xBD");
}

TEST_CASE("fold makes one key of all spellings") {
    CHECK(fold("Phường Xuân Hoà") == "phuong xuan hoa");
    CHECK(fold("Phường Xuân Hòa") == "phuong xuan hoa");
    CHECK(fold("PHU\xCC\x9BO\xCC\x9B\xCC\x80NG XU\xC3\x82N HO\xC3\x80") ==
          "phuong xuan hoa");  // NFD, capitals
    CHECK(fold("ĐƯỜNG Điện Biên Phủ") == "duong dien bien phu");
    CHECK(fold("Ｐｈường　４，Quận－３") == "phuong 4 quan 3");
    CHECK(fold("  Bà Rịa – Vũng Tàu (cũ)! ") == "ba ria vung tau cu");
    CHECK(fold("ẮẰẲẴẶ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ýỳỷỹỵ") == "aaaaa aaaaa eeeee ooooo ooooo uuuuu yyyyy");
    CHECK(fold("ﬁ Straße") == "fi strasse");
    CHECK(fold("😀!") == "");
    CHECK(fold("") == "");
}

TEST_CASE("names stand as in a Vietnamese dictionary, numbers by what they count") {
    const std::vector<std::string> sorted = {"An",  "Ân",  "Bình",      "Cầu",
                                             "Dân", "Đào", "Khu phố 2", "Khu phố 10"};
    for (std::size_t at = 1; at < sorted.size(); ++at) {
        INFO(sorted[at]);
        CHECK(sortKey(sorted[at - 1]) < sortKey(sorted[at]));
    }
    CHECK(sortKey("\xff").size() > 0);
}

TEST_CASE("clean keeps what a person sees") {
    CHECK(clean("  Nước   ngập \t tới gối  ") == "Nước ngập tới gối");
    CHECK(clean("ho\xCC\x80\x61") == "hòa");
    CHECK(clean(kFamily + " " + kRainbow + " " + kThumb + " 🇻🇳 1️⃣") ==
          kFamily + " " + kRainbow + " " + kThumb + " 🇻🇳 1️⃣");
    CHECK(clean("\xEF\xBF\xBD") == "\xEF\xBF\xBD");
}

TEST_CASE("clean drops what nobody sees") {
    CHECK(clean(std::string("a\0b\x01\x1B[31mc\x7F", 11)) == "ab[31mc");
    const auto unseen =
        GENERATE(as<std::u32string>{}, U"\u202A", U"\u202B", U"\u202C", U"\u202D", U"\u202E",  // overrides
                 U"\u2066", U"\u2067", U"\u2068", U"\u2069",                                   // isolates
                 U"\u200E", U"\u200F", U"\u061C",                                              // marks
                 U"\u200B", U"\u200C", U"\u200D", U"\u2060", U"\uFEFF", U"\u00AD", U"\u034F", U"\uE000",
                 U"\U000F0000", U"\U0010FFFD",         // private use
                 U"\uFDD0", U"\uFFFE", U"\U0001FFFF",  // noncharacters
                 U"\u3164", U"\uFE0F", U"\uFE00", U"\U000E0041", U"\U000E0100", U"\u0085\u0085", U"\u2800",
                 U"\uFFF9", U"\u180E");
    const auto text = toUtf8(U"a" + unseen + U"b");
    CAPTURE(text);
    const auto cleaned = clean(text);
    CHECK((cleaned == "ab" || cleaned == "a b"));
    CHECK(clean(toUtf8(unseen)) == "");
}

TEST_CASE("a letter and its mark meet when what stood between them is gone") {
    CHECK(clean("e\xE2\x80\x8B\xCC\x82") == "ê");
}

TEST_CASE("joiners outside emoji go") {
    CHECK(clean("a\xE2\x80\x8D"
                "b") == "ab");
    CHECK(clean("👨\xE2\x80\x8D") == "👨");
    CHECK(clean("\xE2\x80\x8D👩") == "👩");
}

TEST_CASE("line breaks are kept only when asked") {
    CHECK(clean("một\r\nhai\rba\nbốn\xE2\x80\xA8năm") == "một hai ba bốn năm");
    CHECK(clean("một\r\nhai\rba\nbốn\xE2\x80\xA8năm", true) == "một\nhai\nba\nbốn\nnăm");
    CHECK(clean("\n\n một \n \n\n\n hai \n", true) == "một\n\nhai");
}

TEST_CASE("a pile of marks is cut to what a letter can carry") {
    std::string pile = "a";
    for (int i = 0; i < 500; ++i) pile += "\xCC\xB6";
    CHECK(toUtf32(clean(pile)).size() <= 5);
}

TEST_CASE("clean is done after once") {
    std::mt19937 random(31);
    const std::u32string pool =
        std::u32string() +
        U"aăâđ ơ\u0302\u0301\u0323\u200D\u200B\uFE0F\u202E\n\r\t👨👩🏽🏳🌈\U0001F1FB\U0001F1F3\u2800\u034F1" +
        std::u32string(1, 0);
    for (int i = 0; i < 3000; ++i) {
        std::u32string text;
        for (std::size_t n = random() % 12; n > 0; --n) text += pool[random() % pool.size()];
        for (const bool lines : {false, true}) {
            const auto once = clean(toUtf8(text), lines);
            CAPTURE(toUtf8(text), once);
            REQUIRE(clean(once, lines) == once);
            REQUIRE(toNfc(once) == once);
        }
    }
}

TEST_CASE("characters are counted as a person counts them") {
    CHECK(characters("") == 0);
    CHECK(characters("Việt") == 4);
    CHECK(characters("Vie\xCC\xA3\xCC\x82t") == 4);
    CHECK(characters(kFamily) == 1);
    CHECK(characters(kFamily + kRainbow + kThumb + "🇻🇳") == 4);
    CHECK(characters("a\r\nb") == 3);
    CHECK(characters("\xFF\xFE") == 2);
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "ẫ";
    CHECK(characters(many) == 10'000);
}

TEST_CASE("a beginning never cuts a character in two") {
    CHECK(firstCharacters("Việt Nam", 4) == "Việt");
    CHECK(firstCharacters(kFamily + kThumb + "x", 1) == kFamily);
    CHECK(firstCharacters(kFamily + kThumb + "x", 2) == kFamily + kThumb);
    CHECK(firstCharacters("abc", 0) == "");
    CHECK(firstCharacters("abc", 99) == "abc");
    CHECK(firstCharacters("a\xC3", 2) == "a\xEF\xBF\xBD");
}

TEST_CASE("UTF-8 and UTF-32") {
    CHECK(toUtf32("ađ😀") == U"ađ😀");
    CHECK(toUtf8(U"ađ😀") == "ađ😀");
    CHECK(toUtf32("\xC0\xAF").find(U'/') == std::u32string::npos);  // overlong
    CHECK(toUtf8(std::u32string{0xD800, 0x110000}) == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("any bytes come out as UTF-8") {
    std::mt19937 random(8);
    for (int i = 0; i < 3000; ++i) {
        std::string bytes(random() % 64, '\0');
        for (char& b : bytes) b = static_cast<char>(random());
        for (const auto& out :
             {toNfc(bytes), clean(bytes), clean(bytes, true), fold(bytes), firstCharacters(bytes, 5)})
            REQUIRE(toUtf8(toUtf32(out)) == out);
        REQUIRE(characters(bytes) <= bytes.size());
    }
}
