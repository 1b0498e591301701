#include <catch2/catch.hpp>

#include "Visit.h"

namespace tram::ui::test {
namespace {

using namespace std::chrono_literals;

/// A page as a resident has it: what is said of it, and its pixels below the status bar, which has a clock.
struct Seen {
    std::string words;
    std::string pixels;
};

Seen look(Visit& visit) {
    visit.robot().settle();
    auto& surface = visit.kiosk().surface();
    const int top = surface.find("language")->rect().GetBottom() + 1;
    Seen seen;
    for (const auto& view : surface.describe())
        if (view.rect.y >= top) seen.words += view.id + ": " + view.spoken + "\n";
    const auto image = surface.picture().ConvertToImage();
    const auto line = static_cast<std::size_t>(image.GetWidth()) * 3;
    const auto skipped = static_cast<std::size_t>(top) * line;
    const auto all = static_cast<std::size_t>(image.GetHeight()) * line;
    seen.pixels.assign(reinterpret_cast<const char*>(image.GetData()) + skipped, all - skipped);
    return seen;
}

/// The pages on which a station's queue could show itself, from the attract page on and back home.
std::vector<Seen> everyPage(Visit& visit) {
    std::vector<Seen> seen{look(visit)};
    const auto step = [&](const std::string& id, const std::string& screen) {
        visit.robot().reach(id);
        REQUIRE(visit.arrives(screen));
        seen.push_back(look(visit));
    };
    step("start", "home");
    step("tile.feedback", "feedback_field");
    visit.robot().tap("back");
    REQUIRE(visit.arrives("home"));
    step("tile.follow", "follow_code");
    seen.back().pixels.clear();  // a caret blinks there
    visit.robot().tap("back");
    REQUIRE(visit.arrives("home"));
    step("display", "display");
    visit.robot().tap("back");
    REQUIRE(visit.arrives("home"));
    return seen;
}

/// A report with a picture, sent while nothing can be delivered; its code.
std::string leaveOneWaiting(Visit& visit) {
    auto& robot = visit.robot();
    visit.typeReport();
    const auto& flow = visit.feedback().flow();
    REQUIRE(runUntil([&] { return visit.shows("sample.0"); }));
    robot.reach("sample.0");
    REQUIRE(runUntil([&] { return flow.draft().pictures.size() == 1; }, 20s));
    robot.settle();
    robot.tap("next");
    robot.tap("who.anonymous");
    robot.reach("consent");
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_check"));
    robot.tap("send");
    REQUIRE(visit.arrives("receipt"));
    REQUIRE_FALSE(flow.receipt()->gatewayAt);
    return flow.receipt()->code.symbols();
}

}  // namespace

// STANDARDS 13: the next resident finds every page as if nobody had been here; no count, code or thumbnail.
TEST_CASE("Of reports that wait nothing is on any page after the wipe") {
    Visit visit("vi");
    visit.city().stopGateway(SIGTERM);
    REQUIRE(runUntil([&] { return !visit.kiosk().online(); }, 20s));
    const auto before = everyPage(visit);
    const auto code = leaveOneWaiting(visit);
    REQUIRE(runUntil([&] { return visit.kiosk().surface().find("end")->enabled; }));
    visit.robot().settle();
    visit.robot().tap("end");
    REQUIRE(runUntil([&] { return visit.wiped(); }));

    visit.nextResident();
    REQUIRE(visit.kiosk().services().outbox->store().counts()->waiting == 1);
    const auto after = everyPage(visit);
    REQUIRE(after.size() == before.size());
    for (std::size_t page = 0; page < before.size(); ++page) {
        CAPTURE(page);
        CHECK(after[page].words == before[page].words);
        CHECK(after[page].pixels == before[page].pixels);
        CHECK(after[page].words.find(code) == std::string::npos);
    }
}

}  // namespace tram::ui::test
