#include "identity/ScanBurst.h"

#include <catch2/catch.hpp>

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
        if (!outcome.scan) return;
        scans.push_back(outcome.scan->reveal());
        held.clear();
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
    CHECK(keys.scans == std::vector<std::string>{"defghi"});
}

TEST_CASE("two scans one after the other are two") {
    Keyboard keys;
    keys.type(U"K7M3Q9X2TW\nH29-260310-0420\n", 4ms);
    CHECK(keys.scans == std::vector<std::string>{"K7M3Q9X2TW", "H29-260310-0420"});
    CHECK(keys.field.empty());
}

TEST_CASE("a scanner gone mad fills no memory") {
    Keyboard keys;
    for (int i = 0; i < 10'000; ++i) keys.press(U'0' + static_cast<char32_t>(i % 10), 1ms);
    CHECK(keys.burst.held() <= ScanBurst::kLongest);
    CHECK(keys.field.size() + keys.held.size() == 10'000);
}
