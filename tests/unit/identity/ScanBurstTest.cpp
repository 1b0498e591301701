#include "identity/ScanBurst.h"

#include <catch2/catch.hpp>
#include <random>

#include "base/VietnameseText.h"

using namespace tram;
using namespace std::chrono_literals;
using base::Millis;
using identity::ScanBurst;

namespace {

/// A keyboard, and the field behind the recogniser: what it gets is what a person would see.
struct Keyboard {
    ScanBurst burst;
    Millis now{1h};
    std::u32string held, field;  // '\n' stands for Enter, '<' for any key without a character
    std::vector<std::string> scans;

    void settle(ScanBurst::Outcome outcome) {
        REQUIRE(outcome.typed <= held.size());
        field += held.substr(0, outcome.typed);
        held.erase(0, outcome.typed);
        if (outcome.dropped) held.clear();
        REQUIRE((!outcome.scan || outcome.dropped));
        if (outcome.scan) scans.push_back(outcome.scan->reveal());
    }
    /// Time passes, and the recogniser's own timer comes when it is due.
    void wait(Millis time) {
        const auto end = now + time;
        if (const auto due = burst.due(); due && *due <= end) {
            now = *due;
            settle(burst.tick(now));
        }
        now = end;
    }
    void press(char32_t key, Millis pause) {
        wait(pause);
        held += key;
        settle(key == U'\n' ? burst.enter(now) : key == U'<' ? burst.other(now) : burst.key(key, now));
        CHECK(burst.held() == held.size());
    }
    void type(std::u32string_view text, Millis pause) {
        for (const char32_t key : text) press(key, pause);
    }
};

}  // namespace

TEST_CASE("a scanner's burst is a scan and never text") {
    Keyboard keys;
    keys.type(U"H29.25-260310-0420\n", 8ms);
    keys.wait(1s);
    CHECK(keys.scans == std::vector<std::string>{"H29.25-260310-0420"});
    CHECK(keys.field.empty());
    keys.wait(1s);
    keys.type(U"079090001234|Nguyễn\n", 20ms);
    CHECK(keys.scans.back() == "079090001234|Nguyễn");
    CHECK(keys.field.empty());
}

TEST_CASE("what a person types is text, at any human speed, with or without Enter") {
    for (const auto pause : {50ms, 80ms, 400ms}) {
        Keyboard keys;
        keys.type(U"Nguyen Van An\n", pause);
        keys.wait(1s);
        CHECK(keys.scans.empty());
        CHECK(keys.field == U"Nguyen Van An\n");
    }
}

TEST_CASE("a key is held for no longer than a person could notice") {
    Keyboard keys;
    keys.press(U'a', 1s);
    CHECK(keys.field.empty());
    keys.wait(ScanBurst::kGap + 1ms);
    CHECK(keys.field == U"a");
    CHECK_FALSE(keys.burst.due());
}

TEST_CASE("fast keys that do not end in Enter are text") {
    Keyboard keys;
    keys.type(U"H29.25-260310", 5ms);
    keys.wait(1s);
    CHECK(keys.field == U"H29.25-260310");
    keys.press(U'\n', 1s);  // a person's, a second later
    CHECK(keys.field == U"H29.25-260310\n");
    CHECK(keys.scans.empty());
}

TEST_CASE("a few keys rolled over the keyboard before Enter are text") {
    Keyboard keys;
    keys.type(U"ab12\n", 10ms);
    CHECK(keys.field == U"ab12\n");
    CHECK(keys.scans.empty());
}

TEST_CASE("a key that lies down repeats and is no scan") {
    Keyboard keys;
    keys.type(U"aaaaaaaaaaaaaaaa\n", 25ms);
    CHECK(keys.scans.empty());
    CHECK(keys.field == U"aaaaaaaaaaaaaaaa\n");
}

TEST_CASE("text before a scan stays text, in its order") {
    Keyboard keys;
    keys.type(U"An ", 90ms);
    keys.wait(200ms);
    keys.type(U"K7M3Q9X2TW\n", 6ms);
    keys.type(U"Ba", 90ms);
    keys.wait(1s);
    CHECK(keys.field == U"An Ba");
    CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW"});
}

TEST_CASE("a person's Enter or arrow in between is theirs") {
    Keyboard keys;
    keys.press(U'\n', 1s);
    CHECK(keys.field == U"\n");
    keys.type(U"abc<defghi\n", 5ms);
    CHECK(keys.field == U"\nabc<");
    CHECK(keys.scans == std::vector<std::string>{""});  // on the arrow's heels: maybe a scan's rest
}

TEST_CASE("two scans one after the other are two, and lines of one text are no scans of their own") {
    Keyboard keys;
    keys.type(U"K7M3Q9X2TW\n", 4ms);
    keys.wait(ScanBurst::kPause);
    keys.type(U"H29-260310-0420\nK7M3Q9X2TW\n", 4ms);
    CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW", "H29-260310-0420", ""});
    CHECK(keys.field.empty());
}

TEST_CASE("a scan that is too long is one scan, and its tail is neither text nor another") {
    const std::string end = GENERATE("", "\n", "\nK7M3Q9X2TW\n", "<K7M3Q9X2TW\n");
    Keyboard keys;
    const std::u32string line = U"0123456789";
    for (std::size_t i = 0; i <= ScanBurst::kLongest; ++i) keys.press(line[i % 10], 2ms);
    REQUIRE(keys.scans.size() == 1);
    CHECK(keys.scans[0].size() == ScanBurst::kLongest + 1);  // so that who reads it sees that it is too long
    keys.type(U"K7M3Q9X2TW", 2ms);
    keys.type(std::u32string(end.begin(), end.end()), 2ms);
    keys.type(U"K7M3Q9X2TW\n", ScanBurst::kPause);
    keys.wait(ScanBurst::kPause + 1ms);
    CHECK(keys.scans.size() == 1);
    CHECK(keys.field.empty());
    keys.type(U"H29-260310-0420\n", 4ms);
    CHECK(keys.scans.size() == 2);
    CHECK(keys.scans.back() == "H29-260310-0420");
}

TEST_CASE("the longest scan is one, whole") {
    Keyboard keys;
    std::u32string text;
    while (text.size() < ScanBurst::kLongest) text += U"0123456789"[text.size() % 10];
    keys.type(text + U"\n", 1ms);
    CHECK(keys.scans == std::vector<std::string>{base::toUtf8(text)});
}

TEST_CASE("a scanner gone mad fills no memory") {
    Keyboard keys;
    for (int i = 0; i < 10'000; ++i) keys.press(U'0' + static_cast<char32_t>(i % 10), 1ms);
    CHECK(keys.held.empty());
    CHECK(keys.field.empty());
    CHECK(keys.scans.size() == 1);
}

TEST_CASE("something that lies on a key for minutes is text and fills no memory") {
    Keyboard keys;
    for (int i = 0; i < 10'000; ++i) keys.press(U'a', 25ms);
    CHECK(keys.burst.held() <= ScanBurst::kLongest);
    CHECK(keys.field.size() + keys.held.size() == 10'000);
    CHECK(keys.scans.empty());
}

TEST_CASE("the tail of a scan that began elsewhere is nobody's") {
    Keyboard keys;
    keys.settle(keys.burst.begin(keys.now));
    keys.type(U"|Nam|12 Nguyen Hue|25042021\n", 8ms);
    keys.wait(1s);
    CHECK(keys.scans.empty());
    CHECK(keys.field.empty());
    keys.type(U"K7M3Q9X2TW\n", 8ms);
    CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW"});
}

TEST_CASE("what comes after a pause is one's own, from the first key") {
    Keyboard keys;
    keys.settle(keys.burst.begin(keys.now));
    SECTION("a scan") {
        keys.wait(ScanBurst::kPause);
        keys.type(U"K7M3Q9X2TW\n", 8ms);
        CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW"});
    }
    SECTION("what a person types, as fast as people do") {
        keys.wait(ScanBurst::kPause);
        keys.type(U"An\n", 50ms);
        CHECK(keys.field == U"An\n");
    }
    SECTION("after a press too") {
        keys.wait(1s);
        keys.settle(keys.burst.press(keys.now));
        keys.type(U"An\n", 5ms);
        CHECK(keys.field == U"An\n");
    }
    SECTION("and what was held before is a person's") {
        keys.wait(1s);
        keys.press(U'a', 50ms);
        keys.settle(keys.burst.begin(keys.now));
        CHECK(keys.field == U"a");
    }
}

TEST_CASE("a machine that stands still for a moment tears no scan that has begun") {
    Keyboard keys;
    keys.type(U"H29.25", 8ms);
    keys.press(U'-', ScanBurst::kPause);
    keys.type(U"260310-0420", 8ms);
    keys.press(U'\n', ScanBurst::kPause);
    CHECK(keys.scans == std::vector<std::string>{"H29.25-260310-0420"});
    CHECK(keys.field.empty());
}

TEST_CASE("patience is for scanners: a person who types quickly is never taken for one") {
    for (const auto pause : {31ms, 40ms, 50ms}) {  // 40 ms are 25 keys a second
        Keyboard keys;
        keys.type(U"Nguyen Van An\n", pause);
        keys.wait(1s);
        CHECK(keys.scans.empty());
        CHECK(keys.field == U"Nguyen Van An\n");
    }
    Keyboard rolled;  // all fingers at once, and Enter with the next
    rolled.type(U"nhanh", 1ms);
    rolled.press(U'\n', 50ms);
    rolled.type(U"aaaaaaaa", 25ms);  // a key that repeats
    rolled.press(U'\n', 50ms);
    CHECK(rolled.scans.empty());
    CHECK(rolled.field == U"nhanh\naaaaaaaa\n");
}

TEST_CASE(
    "a press comes after what was typed, a scan it tears is text in no field, and its rest no other one") {
    Keyboard keys;
    keys.type(U"An", 20ms);
    keys.settle(keys.burst.press(keys.now));
    CHECK(keys.field == U"An");
    keys.type(U"na", 20ms);
    keys.wait(1s);
    CHECK(keys.field == U"Anna");
    keys.type(U"079190001234|", 5ms);
    keys.settle(keys.burst.press(keys.now));
    keys.type(U"K7M3Q9X2TW\n", 5ms);
    CHECK(keys.field == U"Anna");
    keys.wait(1s);
    keys.type(U"K7M3Q9X2TW\n", 50ms);
    keys.wait(1s);
    CHECK(keys.field == U"AnnaK7M3Q9X2TW\n");
    CHECK(keys.scans.empty());
}

TEST_CASE("a key without a character amid a scan makes all of it nobody's") {
    // As scanners send an accent: Alt and a number; '<' stands for any such key.
    for (const auto* scan :
         {U"079085447193|024447193|Nguy<n Thi Lan|17041985\n", U"010912345<21AB\n", U"012345<<\n"}) {
        Keyboard keys;
        keys.type(U"An", 90ms);
        keys.wait(1s);
        keys.type(scan, 8ms);
        keys.wait(1s);
        CHECK(keys.field == U"An");
        CHECK(keys.scans.empty());
        keys.type(U"K7M3Q9X2TW\n", 8ms);
        CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW"});
    }
}

namespace {
const std::u32string kCode = U"000.00.10.H29-250101-0001\n";  // without its first four it is a code too
}

TEST_CASE("a scan that breaks off among its first keys is not read as what is left of it") {
    const std::size_t before = GENERATE(1, 2, 3, 4, 5);
    const Millis gap = GENERATE(31ms, 35ms, 45ms, 200ms);
    const Millis pace = GENERATE(1ms, 8ms, 20ms);
    CAPTURE(before, gap.count(), pace.count());
    Keyboard keys;
    keys.type(kCode.substr(0, before), pace);
    keys.press(kCode[before], gap);
    keys.type(kCode.substr(before + 1), pace);
    keys.wait(1s);
    CHECK(keys.scans == std::vector<std::string>{""});
    CHECK(keys.field == kCode.substr(0, before));
    keys.type(kCode, pace);
    CHECK(keys.scans.back() == "000.00.10.H29-250101-0001");
}

TEST_CASE("a scan on the heels of a press, or torn by one, is not read as what is left of it") {
    const std::size_t before = GENERATE(0, 1, 2, 3, 4, 5);
    const Millis pause = GENERATE(0ms, 20ms, 199ms);
    CAPTURE(before, pause.count());
    Keyboard keys;
    keys.type(kCode.substr(0, before), 8ms);
    keys.settle(keys.burst.press(keys.now));
    CHECK(keys.field == kCode.substr(0, before));
    keys.press(kCode[before], pause);
    keys.type(kCode.substr(before + 1), 8ms);
    keys.wait(1s);
    CHECK(keys.scans == std::vector<std::string>{""});
    CHECK(keys.field == kCode.substr(0, before));
}

TEST_CASE("what is typed on the heels of a press is text, however fast") {
    Keyboard keys;
    keys.type(U"An", 90ms);
    keys.settle(keys.burst.press(keys.now));
    keys.type(U"0903123456", 5ms);
    keys.wait(ScanBurst::kPause + 1ms);
    keys.settle(keys.burst.press(keys.now));
    CHECK(keys.field == U"An0903123456");
    keys.wait(ScanBurst::kPause + 1ms);
    keys.type(U"12 Nguyen Hue", 5ms);
    keys.wait(1s);
    CHECK(keys.field == U"An090312345612 Nguyen Hue");
    CHECK(keys.scans.empty());
}

TEST_CASE("the tail of what is nobody's may come unsteadily, and a press in it changes nothing") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 300; ++round) {
        Keyboard keys;
        const int why = round % 3;
        if (why == 0) keys.settle(keys.burst.begin(keys.now));
        while (why == 1 && keys.scans.empty()) keys.press(U'0' + (keys.held.size() % 10), 2ms);
        if (why == 2) {
            keys.type(U"079190001234|", 8ms);
            keys.settle(keys.burst.press(keys.now));
        }
        const auto field = keys.field;
        const auto scans = keys.scans.size();
        for (const char32_t key : kCode + kCode) {
            keys.press(key, 20ms + Millis(random() % 4 == 0 ? random() % 181 : random() % 20));
            if (random() % 20 == 0) keys.settle(keys.burst.press(keys.now));
        }
        keys.wait(1s);
        CHECK(keys.scans.size() == scans);
        CHECK(keys.field == field);
        keys.type(kCode, 20ms);
        CHECK(keys.scans.back() == "000.00.10.H29-250101-0001");
    }
}

/// Whoever types: pauses as people's are, never six different keys at a scanner's pace.
TEST_CASE("typing at random is text, all of it and in its order") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        Keyboard keys;
        std::u32string typed;
        int fast = 0;
        for (int i = 0; i < 60; ++i) {
            const bool rolls = ++fast < 5 && random() % 3 == 0;
            if (!rolls) fast = 0;
            typed += U"abcdefgh\n<"[random() % 10];
            keys.press(typed.back(), Millis(rolls ? random() % 30 : 31 + random() % 400));
            if (random() % 10 == 0) keys.settle(keys.burst.press(keys.now));
        }
        keys.wait(1s);
        CHECK(keys.field == typed);
        CHECK(keys.scans.empty());
    }
}
