#include "FlowWorld.h"

using namespace tram;
using namespace tram::feedback;
using namespace std::chrono_literals;
using base::ProblemKind;
using test::World;
using wire::Disclosure;

TEST_CASE("a flow that is gone is not called back, what it had sent is kept") {
    World world;
    world.toCheck();
    world->send();
    const int before = world.changes;
    SECTION("before the background ran") {
        world.flow.reset();
    }
    SECTION("between background and screen") {
        world.kiosk.scheduler.runBackground();
        world.flow.reset();
    }
    world.kiosk.scheduler.settle();
    world.kiosk.scheduler.advance(1h);
    CHECK(world.changes == before);
    CHECK(world.kiosk.items().size() == 1);
    CHECK(world.kiosk.scheduler.waitingTimers() == 0);

    World other;
    other->addPicture("late");
    other.flow.reset();
    other.kiosk.scheduler.settle();
}

TEST_CASE("the receipt tells when the gateway has it, then what 1022 says") {
    World world;
    world.toKept();
    const Receipt& receipt = *world->receipt();
    const auto id = world.kiosk.items().at(0).id;
    const std::string secret = receipt.phoneUrl.substr(receipt.phoneUrl.find('#') + 1);

    world.kiosk.scheduler.advance(30s);
    CHECK_FALSE(receipt.gatewayAt);
    CHECK(world.asked == 0);  // the gateway is not bothered with a report it has not got

    const auto accepted = world.kiosk.clock.wall();
    REQUIRE(world.kiosk.store->markAccepted(id, accepted));
    int before = world.changes;
    world.kiosk.scheduler.advance(1s);
    CHECK(receipt.gatewayAt == accepted);
    CHECK(world.asked == 1);
    CHECK(world.askedSecret == secret);
    CHECK(world.changes > before);
    CHECK_FALSE(receipt.status);

    world.answer = [] { return test::statusOf(wire::FeedbackState::Accepted, "1022-000123"); };
    before = world.changes;
    world.kiosk.scheduler.advance(3s);
    REQUIRE(receipt.status);
    CHECK(receipt.status->externalNumber == "1022-000123");
    CHECK(world.changes == before + 1);

    before = world.changes;
    world.kiosk.scheduler.advance(9s);
    CHECK(world.asked == 5);
    CHECK(world.changes == before);  // nothing new, nothing painted

    world.answer = [] { return base::fail(ProblemKind::NoNetwork); };
    world.kiosk.scheduler.advance(3s);
    CHECK(receipt.status->state == wire::FeedbackState::Accepted);  // what was known stays known

    world.answer = [] { return test::statusOf(wire::FeedbackState::Answered, "1022-000123"); };
    world.kiosk.scheduler.advance(3s);
    CHECK(receipt.status->state == wire::FeedbackState::Answered);
    const int asked = world.asked;
    world.kiosk.scheduler.advance(1h);
    CHECK(world.asked == asked);  // the last word has been said
}

TEST_CASE("1022 is asked eagerly for two minutes, then patiently") {
    World world;
    world.toKept();
    REQUIRE(world.kiosk.store->markAccepted(world.kiosk.items().at(0).id, world.kiosk.clock.wall()));
    world.kiosk.scheduler.advance(1s);
    REQUIRE(world.asked == 1);
    world.kiosk.scheduler.advance(117s);
    CHECK(world.asked == 40);
    world.kiosk.scheduler.advance(60s);
    CHECK(world.asked == 44);
}

TEST_CASE("a report that waits for staff says so, and goes on when they have helped") {
    World world;
    world.toKept();
    const auto id = world.kiosk.items().at(0).id;
    REQUIRE(world.kiosk.store->markNeedsAttention(id, "bad_signature"));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->stuck == "bad_signature");
    REQUIRE(world.kiosk.store->retry(id));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->stuck.empty());
    REQUIRE(world.kiosk.store->markAccepted(id, world.kiosk.clock.wall()));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->gatewayAt);
}

TEST_CASE("a report's link begins in the session's language, its secret stays in the fragment") {
    CHECK(linkIn("vi", "https://x.vn/t/K7M#secret") == "https://x.vn/t/K7M#secret");
    CHECK(linkIn("en", "https://x.vn/t/K7M#secret") == "https://x.vn/t/K7M?lang=en#secret");
    CHECK(linkIn("en", "https://x.vn/t/K7M") == "https://x.vn/t/K7M?lang=en");
}
