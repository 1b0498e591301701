// With the largest letters on a screen that lies there is least room: what a step is about must still stand
// in sight, above the keyboard.
#include <catch2/catch.hpp>

#include "Visit.h"

namespace tram::ui::test {
namespace {

using kit::Rect;

struct Large {
    Visit visit{"vi", {1920, 1080}, 200};
    Robot& robot = visit.robot();

    Large() {
        robot.tap("start");
        REQUIRE(visit.arrives("home"));
    }
    screens::FeedbackScreen& feedback() { return visit.feedback(); }
    /// Whole in its scrolling page, and above whatever stands below that.
    bool inSight(const std::string& id) {
        robot.settle();
        auto& surface = visit.kiosk().surface();
        const auto view = surface.find(id);
        return view && surface.seen(id) == view->rect();
    }
    void toPlace() {
        robot.tap("tile.feedback");
        REQUIRE(visit.arrives("feedback_field"));
        feedback().flow().chooseField("thoat-nuoc");
        feedback().flow().setText("Nắp cống vỡ, dễ té ngã");
        REQUIRE(feedback().flow().next());
        REQUIRE(visit.arrives("feedback_place"));
    }
};

}  // namespace

TEST_CASE("something to choose stands in sight on the first step") {
    Large large;
    large.robot.tap("tile.feedback");
    REQUIRE(large.visit.arrives("feedback_field"));
    large.robot.settle();
    auto& surface = large.visit.kiosk().surface();
    const auto first = large.feedback().flow().fields().fields.front().id;
    CHECK(surface.seen("field." + first).height > surface.theme().target());
}

TEST_CASE("what a ward's search finds stands above the keyboard") {
    Large large;
    large.toPlace();
    large.robot.reach("ward.search");
    large.robot.type("phuong 4 quan 3");
    CHECK(large.visit.shows("key.space"));
    CHECK(large.inSight("ward.search"));
    CHECK(large.inSight("ward." + large.visit.kiosk().services().station.wardCode));
}

TEST_CASE("why a picture was not taken is brought into sight") {
    Large large;
    large.toPlace();
    REQUIRE(large.feedback().flow().next());
    REQUIRE(large.visit.arrives("feedback_pictures"));
    large.feedback().flow().addPicture("/dev/null");
    REQUIRE(runUntil([&] { return large.visit.shows("why.picture"); }));
    CHECK(large.inSight("why.picture"));
}

}  // namespace tram::ui::test
