#include "base/TrackingCode.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

#include "base/Crockford.h"

using namespace tram::base;
using Typed = TrackingCode::Typed;

TEST_CASE("the example of the design is right") {
    const auto code = TrackingCode::make("K7M", "3Q9X2T");
    REQUIRE(code);
    CHECK(code->symbols() == "K7M3Q9X2TW");
    CHECK(code->grouped() == "K7M-3Q9-X2T-W");
    CHECK(code->prefix() == "K7M");
    CHECK(TrackingCode::parse("K7M-3Q9-X2T-W") == code);
}

TEST_CASE("a code is read however a person types it") {
    const auto code = TrackingCode::parse("K7M-3Q9-X2T-W");
    const auto typed = GENERATE(as<std::string>{}, "k7m3q9x2tw", " K7M 3Q9 X2T W ", "k7m–3q9—x2t−w",
                                "K7M.3Q9.X2T.W", "Ｋ７Ｍ－３Ｑ９－Ｘ２Ｔ－Ｗ",
                                "K7M\xC2\xA0"
                                "3Q9\tX2T_W");
    CAPTURE(typed);
    CHECK(TrackingCode::parse(typed) == code);
    CHECK(TrackingCode::judge(typed) == Typed::Complete);
}

TEST_CASE("letters that look like digits are taken for them") {
    const auto code = TrackingCode::make("101", "011000");
    REQUIRE(code);
    std::string typed = code->symbols();
    typed.replace(0, 9, "Iol0LiooO");
    CHECK(TrackingCode::parse(typed) == code);
}

TEST_CASE("make wants three and six symbols of the alphabet") {
    CHECK_FALSE(TrackingCode::make("K7", "3Q9X2T"));
    CHECK_FALSE(TrackingCode::make("K7M", "3Q9X2"));
    CHECK_FALSE(TrackingCode::make("K7U", "3Q9X2T"));
    CHECK_FALSE(TrackingCode::make("k7m", "3Q9X2T"));
}

TEST_CASE("every wrong symbol is caught, and nearly every swap of neighbours") {
    std::mt19937 random(1022);
    std::uniform_int_distribution<std::size_t> pick(0, 31);
    int swaps = 0, missed = 0;
    for (int i = 0; i < 300; ++i) {
        std::string payload;
        for (int s = 0; s < 9; ++s) payload += crockford::kAlphabet[pick(random)];
        const auto code = TrackingCode::make(payload.substr(0, 3), payload.substr(3));
        REQUIRE(code);
        for (std::size_t at = 0; at < 10; ++at)
            for (const char other : crockford::kAlphabet) {
                std::string wrong = code->symbols();
                if (wrong[at] == other) continue;
                wrong[at] = other;
                REQUIRE_FALSE(TrackingCode::parse(wrong));
                REQUIRE(TrackingCode::judge(wrong) == Typed::WrongCheck);
            }
        for (std::size_t at = 0; at + 1 < 10; ++at) {
            std::string wrong = code->symbols();
            std::swap(wrong[at], wrong[at + 1]);
            if (wrong == code->symbols()) continue;
            ++swaps;
            missed += TrackingCode::parse(wrong).has_value();
        }
    }
    CHECK(missed * 100 < swaps);  // Luhn mod 32 misses only 0 beside Z
}

TEST_CASE("what is wrong is told while typing") {
    CHECK(TrackingCode::judge("") == Typed::Incomplete);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T") == Typed::Incomplete);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T-") == Typed::Incomplete);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T-W") == Typed::Complete);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T-V") == Typed::WrongCheck);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T-WA") == Typed::TooLong);
    CHECK(TrackingCode::judge("U") == Typed::ForeignSymbol);
    CHECK(TrackingCode::judge("K7Đ") == Typed::ForeignSymbol);
    CHECK(TrackingCode::judge("K7M-3Q9-X2T-W!") == Typed::ForeignSymbol);
    CHECK(TrackingCode::judge("\xFF\xFE") == Typed::ForeignSymbol);
}

TEST_CASE("what is typed is grouped as far as it goes") {
    CHECK(TrackingCode::group("") == "");
    CHECK(TrackingCode::group("k7") == "K7");
    CHECK(TrackingCode::group("k7m") == "K7M");
    CHECK(TrackingCode::group("k7m3q") == "K7M-3Q");
    CHECK(TrackingCode::group("k7m3q9x2tw") == "K7M-3Q9-X2T-W");
    CHECK(TrackingCode::group("k7u!") ==
          "K7U");  // the U stays to be seen: judge() says what is wrong with it
    CHECK(TrackingCode::group("k7m3q9x2twab") == "K7M-3Q9-X2T-WAB");
}

TEST_CASE("random symbols are of the alphabet and differ") {
    std::set<std::string> seen;
    for (int i = 0; i < 500; ++i) {
        const auto symbols = TrackingCode::randomSymbols();
        REQUIRE(TrackingCode::make("K7M", symbols));
        seen.insert(symbols);
    }
    CHECK(seen.size() >= 499);
}

TEST_CASE("any bytes may be typed") {
    std::mt19937 random(77);
    for (int i = 0; i < 3000; ++i) {
        std::string bytes(random() % 40, '\0');
        for (char& b : bytes) b = static_cast<char>(random());
        const bool complete = TrackingCode::judge(bytes) == Typed::Complete;
        CHECK(TrackingCode::parse(bytes).has_value() == complete);
        CHECK(TrackingCode::group(TrackingCode::group(bytes)) == TrackingCode::group(bytes));
    }
}

TEST_CASE("Crockford's base 32") {
    const auto encode = [](std::initializer_list<unsigned char> bytes) {
        return crockford::encode(std::vector(bytes));
    };
    CHECK(encode({}) == "");
    CHECK(encode({0xFF}) == "ZW");
    CHECK(encode({0, 0, 0, 0, 1}) == "00000001");
    CHECK(encode({0x08, 0x42, 0x10, 0x84, 0x21}) == "11111111");
}
