// How many taps an errand takes, from home.
#include <catch2/catch.hpp>

#include "ScanVisit.h"
#include "Visit.h"
#include "Walk.h"

namespace tram::ui::test {

TEST_CASE("A report takes nine taps at most besides typing") {
    Visit visit("vi");
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    Walk walk{visit};
    walk.to("feedback_field", "tile.feedback");
    walk.to("feedback_text", "field.thoat-nuoc");
    visit.robot().type("nawps coongs vowx");
    walk.to("feedback_place", "next");
    walk.to("feedback_pictures", "next");
    walk.to("feedback_who", "next");
    walk.tap("who.anonymous");
    walk.tap("consent");
    walk.to("feedback_check", "next");
    walk.to("receipt", "send");
    CHECK(walk.took("to send a report") <= 9);
}

TEST_CASE("A dossier takes two taps at most by the camera, and none by a hand scanner") {
    Visit visit("vi");
    Walk walk{visit};
    const auto camera = std::make_shared<tram::test::FakeCamera>();
    auto services = visit.kiosk().services();
    services.camera = camera;
    visit.kiosk().useServices(services);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    walk.to("scan_looking", "tile.scan");
    REQUIRE(runUntil([&] { return camera->on(); }));
    camera->see("H29.168-261105-0042", sight::CodeFormat::Code128);
    REQUIRE(visit.arrives("dossier_status"));
    CHECK(walk.took("to look up a dossier by the camera") <= 2);

    Visit untouched("vi");
    scanByHand(untouched, "h29.168-261105-0042");
    CHECK(untouched.arrives("dossier_status"));
}

}  // namespace tram::ui::test
