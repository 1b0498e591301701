#include "device/Idle.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace std::chrono_literals;
using device::Idle;
using Phase = Idle::Phase;

namespace {
const Idle::Limits kLimits{120s, 30s};
}

TEST_CASE("nobody there: nothing counts") {
    Idle idle(kLimits);
    CHECK(idle.step(0s) == Phase::Asleep);
    CHECK(idle.step(24h) == Phase::Asleep);
}

TEST_CASE("idle, countdown, end (STANDARDS 19: at least 20 s of warning)") {
    Idle idle(kLimits);
    idle.touch(10s);
    CHECK(idle.step(10s) == Phase::Active);
    CHECK(idle.step(129'999ms) == Phase::Active);
    CHECK(idle.step(130s) == Phase::Countdown);
    CHECK(idle.secondsLeft(130s) == 30);
    CHECK(idle.secondsLeft(130'001ms) == 30);
    CHECK(idle.secondsLeft(131s) == 29);
    CHECK(idle.step(159'999ms) == Phase::Countdown);
    CHECK(idle.secondsLeft(159'999ms) == 1);
    CHECK(idle.step(160s) == Phase::Ended);
    CHECK(idle.secondsLeft(160s) == 0);
}

TEST_CASE("one touch keeps the session, as often as wanted") {
    Idle idle(kLimits);
    idle.touch(0s);
    auto now = 0s;
    for (int i = 0; i < 25; ++i) {
        now += 149s;
        idle.step(now - 10s);
        REQUIRE(idle.step(now) == Phase::Countdown);
        idle.touch(now);
        REQUIRE(idle.step(now) == Phase::Active);
        REQUIRE(idle.step(now + 119s) == Phase::Active);
    }
}

TEST_CASE("once ended, only the end of the wipe brings it back") {
    Idle idle(kLimits);
    idle.touch(0s);
    idle.step(120s);
    REQUIRE(idle.step(150s) == Phase::Ended);
    idle.touch(151s);
    CHECK(idle.step(151s) == Phase::Ended);
    idle.end();
    CHECK(idle.step(152s) == Phase::Asleep);
    idle.touch(153s);
    CHECK(idle.step(153s) == Phase::Active);
}

TEST_CASE("a machine that stood still shows the warning before it ends a session") {
    Idle idle(kLimits);
    idle.touch(0s);
    CHECK(idle.step(3h) == Phase::Countdown);
    CHECK(idle.secondsLeft(3h) == 30);
    CHECK(idle.step(3h + 30s) == Phase::Ended);
}

TEST_CASE("what is under way on a phone or printer holds the clock") {
    Idle idle(kLimits);
    idle.touch(0s);
    idle.hold();
    idle.hold();
    CHECK(idle.step(1h) == Phase::Active);
    idle.release(1h);
    CHECK(idle.step(2h) == Phase::Active);
    idle.release(2h);
    CHECK(idle.step(2h + 119s) == Phase::Active);
    CHECK(idle.step(2h + 120s) == Phase::Countdown);

    SECTION("begun during the countdown it ends the countdown") {
        idle.hold();
        CHECK(idle.step(2h + 140s) == Phase::Active);
    }
    SECTION("a release too many is not a hold too few") {
        idle.release(2h + 121s);
        idle.touch(2h + 121s);
        idle.hold();
        CHECK(idle.step(5h) == Phase::Active);
    }
    SECTION("holds do not survive the session") {
        idle.hold();
        idle.end();
        idle.touch(3h);
        CHECK(idle.step(3h + 120s) == Phase::Countdown);
    }
}
