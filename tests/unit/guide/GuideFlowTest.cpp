#include "guide/GuideFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::guide;
using form::Platform;

namespace {

const std::string kGuide = R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a", "en": "a"},
  "app": {"name": "App", "android": "com.ex.ample", "page": "https://vneid.gov.vn/"},
  "steps": [
    {"id": "play", "platform": "android", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}],
     "link": "store", "next": {"vi": "a", "en": "a"}},
    {"id": "apple", "platform": "iphone", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}],
     "link": "store", "next": {"vi": "a", "en": "a"}},
    {"id": "open", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}], "next": {"vi": "a", "en": "a"},
     "link": "https://elsewhere.example/"},
    {"id": "sign", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}], "next": {"vi": "a", "en": "a"},
     "goto": "end", "branches": [{"label": {"vi": "a", "en": "a"}, "goto": "police"}]},
    {"id": "police", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}], "next": {"vi": "a", "en": "a"}}],
  "trouble": [
    {"id": "old", "platform": "android", "cause": {"vi": "a", "en": "a"}, "what": [{"vi": "a", "en": "a"}]},
    {"id": "full", "cause": {"vi": "a", "en": "a"}, "what": [{"vi": "a", "en": "a"}]}],
  "fakes": [{"vi": "a", "en": "a"}], "no_smartphone": [{"vi": "a", "en": "a"}],
  "outcomes": [{"id": "signed_in", "label": {"vi": "a", "en": "a"}},
               {"id": "not_done:no-level-2", "label": {"vi": "a", "en": "a"}}]})";

struct World {
    test::FakeKiosk kiosk;
    GuideFlow flow{{"cong-dan-so", form::Guide::parse(kGuide).value(), "27154", "Khu phố 3"},
                   kiosk.box,
                   kiosk.scheduler,
                   kiosk.clock};
    GuideFlow* operator->() { return &flow; }

    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow.state());
    }
    std::string step() const {
        const auto* on = std::get_if<situation::OnStep>(&flow.state());
        return on ? on->step->id : "";
    }
    std::string progress() const {
        const auto at = flow.progress();
        return std::to_string(at.step) + "/" + std::to_string(at.steps);
    }
    void end(std::size_t outcome) {
        flow.end(flow.guide().outcomes[outcome]);
        kiosk.scheduler.settle();
    }
    std::size_t kept() { return kiosk.items().size(); }
    wire::GuideTally tally() {
        const auto items = kiosk.items();
        REQUIRE(items.size() == 1);
        CHECK(items[0].kind == "guide.tally");
        const auto body = kiosk.body(items[0]);
        CHECK(body.createdAt == "2026-11-21T09:00:00.000+07:00");
        CHECK(body.attachments.empty());
        auto tally = wire::GuideTally::parse(body.fieldsJson.reveal());
        REQUIRE(tally);
        return std::move(*tally);
    }
};

}  // namespace

TEST_CASE("The plainest way through a guide is the phone, its steps and how it went") {
    World world;
    CHECK(world.is<situation::Choosing>());
    CHECK(world.progress() == "1/5");
    world->next();
    CHECK(world.is<situation::Choosing>());
    world->choose(Platform::Android);
    CHECK(world.step() == "play");
    CHECK(world.progress() == "2/5");
    world->next();
    CHECK(world.step() == "open");
    world->next();
    CHECK(world.step() == "sign");
    CHECK(world.progress() == "4/5");
    world->next();
    CHECK(world.is<situation::Ending>());
    CHECK(world.progress() == "5/5");
    world.kiosk.clock.advance(std::chrono::seconds(400));
    CHECK(world.kept() == 0);
    world.end(0);
    CHECK(world.is<situation::Done>());
    const auto tally = world.tally();
    CHECK(tally.guide == "cong-dan-so");
    CHECK(tally.platform == "android");
    CHECK(tally.outcome == "signed_in");
    CHECK(tally.ward == "27154");
    CHECK(tally.group == "Khu phố 3");
    CHECK_FALSE(tally.helped);
    CHECK(tally.minutes == 7);
    CHECK_FALSE(world->back());
    world.end(1);
    world->giveUp();
    CHECK(world.kept() == 1);
}

TEST_CASE("What is left before the end is counted nowhere") {
    World world;
    world->choose(Platform::Iphone);
    world->next();
    world->next();
    world.end(0);  // nobody was asked yet
    CHECK_FALSE(world.is<situation::Done>());
    CHECK(world.kept() == 0);
}

TEST_CASE("Back goes the way one came, aside pages and branches too") {
    World world;
    CHECK_FALSE(world->back());
    world->choose(Platform::Android);
    world->next();
    world->next();
    world->branch(1);
    CHECK(world.step() == "sign");
    world->branch(0);
    CHECK(world.step() == "police");
    CHECK(world.progress() == "5/6");
    world->lookForTrouble();
    world->trouble(*world->troubles().front());
    CHECK(world.is<situation::Trouble>());
    world->next();  // of no step
    CHECK(world.is<situation::Trouble>());
    REQUIRE(world->back());
    CHECK(world.is<situation::Troubles>());
    world->fakes();
    world->resume();
    CHECK(world.step() == "police");
    for (const auto* step : {"sign", "open", "play"}) {
        REQUIRE(world->back());
        CHECK(world.step() == step);
    }
    REQUIRE(world->back());
    CHECK(world.is<situation::Choosing>());
    CHECK_FALSE(world->back());
}

TEST_CASE("Who changes phones stands as far on as before") {
    World world;
    world->choose(Platform::Android);
    CHECK(world->troubles().size() == 2);
    world->choose(Platform::Iphone);
    CHECK(world.step() == "apple");
    CHECK(world.progress() == "2/5");
    CHECK(world->troubles().size() == 1);
    world->next();
    world->next();
    world->branch(0);
    world->choose(Platform::Android);
    CHECK(world.step() == "police");
    REQUIRE(world->back());
    CHECK(world->platform() == Platform::Android);
    CHECK_FALSE(world.step() == "police");
    while (world->back()) CHECK_FALSE(world.step() == "apple");
    CHECK(world.is<situation::Choosing>());
}

TEST_CASE("Giving up is an end like any, from whatever page, and helped is told") {
    World world;
    world->noPhone();
    world->giveUp();
    REQUIRE(world.is<situation::Ending>());
    world->setHelped(true);
    world.end(1);
    const auto tally = world.tally();
    CHECK(tally.platform == "any");
    CHECK(tally.outcome == "not_done:no-level-2");
    CHECK(tally.helped);
    CHECK(tally.minutes == 0);
}

TEST_CASE("A link that is off the station's list has no address") {
    World world;
    world->choose(Platform::Android);
    const auto& guide = world->guide();
    CHECK(world->link(*guide.step("play")).address ==
          "https://play.google.com/store/apps/details?id=com.ex.ample");
    CHECK(world->link(*guide.step("open")).address.empty());
    CHECK(world->link(*guide.step("open")).refused);
    CHECK_FALSE(world->link(*guide.step("sign")).refused);
    world->choose(Platform::Iphone);
    CHECK(world->link(*guide.step("apple")).address == "https://vneid.gov.vn/");
}

TEST_CASE("A store that takes nothing stops nobody at the end of a guide") {
    World world;
    world.kiosk.store->failures = {base::ProblemKind::DiskFull};
    world->giveUp();
    world.end(0);
    CHECK(world.is<situation::Done>());
    CHECK(world.kept() == 0);
}

TEST_CASE("Minutes end at four hours, and mean nothing after a reboot") {
    World world;
    world->giveUp();
    world.kiosk.clock.advance(std::chrono::hours(9));
    World other;
    other->giveUp();
    other.kiosk.clock.reboot();
    world->end(world->guide().outcomes[0]);
    other->end(other->guide().outcomes[0]);
    world.kiosk.scheduler.settle();
    other.kiosk.scheduler.settle();
    const auto minutes = [](World& of) {
        const auto body = of.kiosk.body(of.kiosk.items().at(0));
        return wire::GuideTally::parse(body.fieldsJson.reveal())->minutes;
    };
    CHECK(minutes(world) == 240);
    CHECK(minutes(other) == 0);
}
