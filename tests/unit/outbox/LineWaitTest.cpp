#include "outbox/LineWait.h"

#include <catch2/catch.hpp>

using namespace tram;
using outbox::fullJitter;
using outbox::LineWait;

namespace {

const base::BootTime kNow{"boot-1", base::Millis(1000000)};

base::BootTime after(base::Millis by) {
    return {kNow.bootId, kNow.sinceBoot + by};
}

}  // namespace

TEST_CASE("full jitter fills the whole range and keeps to the cap", "[outbox]") {
    std::mt19937_64 random(1);
    base::Millis most{0}, least{1000000};
    for (int i = 0; i < 2000; ++i) {
        const auto wait = fullJitter(base::Millis(2000), base::Millis(300000), 3, random);
        most = std::max(most, wait);
        least = std::min(least, wait);
    }
    CHECK(most <= base::Millis(16000));
    CHECK(most > base::Millis(15500));
    CHECK(least < base::Millis(500));
    for (const int failures : {10, 40, 1000000, -1}) {
        CHECK(fullJitter(base::Millis(2000), base::Millis(300000), failures, random) <= base::Millis(300000));
    }
}

TEST_CASE("a line that never failed, or failed before a reboot, does not wait", "[outbox]") {
    std::mt19937_64 random(1);
    LineWait wait(base::Millis(2000), base::Millis(300000), random);
    CHECK(wait.over(kNow));
    wait.failed(kNow, base::Millis(60000));
    CHECK_FALSE(wait.over(kNow));
    CHECK(wait.over({"boot-2", base::Millis(5)}));
}

TEST_CASE("the floor holds whatever happens", "[outbox]") {
    std::mt19937_64 random(1);
    LineWait wait(base::Millis(2000), base::Millis(300000), random);
    wait.failed(kNow, base::Millis(60000));
    wait.failed(kNow, {});
    wait.lineIsBack();
    CHECK_FALSE(wait.over(after(base::Millis(59999))));
    CHECK(wait.over(after(base::Millis(60000))));

    LineWait next(base::Millis(2000), base::Millis(300000), random);
    next.setFloor(wait.floorText());
    CHECK_FALSE(next.over(after(base::Millis(59999))));
    CHECK(next.over(after(base::Millis(60000))));
}

TEST_CASE("a floor that cannot be read is none", "[outbox]") {
    std::mt19937_64 random(1);
    LineWait wait(base::Millis(2000), base::Millis(300000), random);
    for (const char* text : {"", "boot-1", "boot-1 ", "boot-1 x", "boot-1 99x"}) {
        wait.setFloor(text);
        CHECK(wait.over(kNow));
    }
}
