#include <catch2/catch.hpp>

#include "Visit.h"

namespace tram::ui::test {

// Any touch keeps the session (STANDARDS 19); the countdown's own button must still be there when the finger
// lifts.
TEST_CASE("the countdown goes with any touch, and its own button ends the session") {
    Visit visit("vi");
    visit.kiosk().nobodysSession = true;  // the countdown comes and goes as the test says
    auto& robot = visit.robot();
    robot.tap("start");
    REQUIRE(visit.arrives("home"));
    const auto warn = [&] {
        visit.kiosk().force({.secondsLeft = 20});
        REQUIRE(runUntil([&] { return visit.shows("countdown.stay"); }));
    };
    warn();
    robot.tap("countdown.stay");
    CHECK(runUntil([&] { return !visit.shows("countdown.stay"); }));
    CHECK_FALSE(visit.wiped());

    warn();
    robot.look();
    robot.press(visit.kiosk().surface().centreOf("countdown.end"));
    CHECK(visit.shows("countdown.end"));
    robot.moveTo({10, 10});
    robot.release();  // thought better of it
    CHECK(runUntil([&] { return !visit.shows("countdown.end"); }));
    CHECK_FALSE(visit.wiped());
    CHECK(visit.kiosk().screen().name() == "home");

    warn();
    robot.tap("countdown.end");
    CHECK(runUntil([&] { return visit.wiped(); }));
}

}  // namespace tram::ui::test
