#include "base/Scheduler.h"

#include <catch2/catch.hpp>
#include <optional>
#include <vector>

#include "tests/support/FakeScheduler.h"

using namespace tram::base;
using tram::test::FakeClock;
using tram::test::FakeScheduler;

TEST_CASE("callbacks for the dead are dropped") {
    FakeScheduler scheduler;
    int ran = 0;
    std::optional<Lifetime> screen(std::in_place);
    scheduler.onUi(screen->token(), [&] { ++ran; });
    scheduler.after(Millis{10}, screen->token(), [&] { ++ran; });
    screen.reset();
    CHECK(scheduler.waitingTimers() == 0);
    scheduler.advance(Millis{20});
    CHECK(ran == 0);

    Lifetime flow;
    scheduler.onUi(flow.token(), [&] { ++ran; });
    flow.renew();  // what was asked before does not count any more
    scheduler.onUi(flow.token(), [&] { ran += 10; });
    scheduler.settle();
    CHECK(ran == 10);
}

TEST_CASE("time passes timer by timer") {
    FakeClock clock;
    FakeScheduler scheduler(clock);
    const Lifetime life;
    const auto start = clock.wall();
    std::vector<int> order;
    scheduler.after(Millis{20}, life.token(), [&] { order.push_back(20); });
    scheduler.after(Millis{10}, life.token(), [&] {
        order.push_back(static_cast<int>((clock.wall() - start).count()));
        scheduler.background([&] { scheduler.onUi(life.token(), [&] { order.push_back(11); }); });
        scheduler.after(Millis{5}, life.token(), [&] { order.push_back(15); });
    });
    scheduler.after(Millis{20}, life.token(), [&] { order.push_back(21); });
    scheduler.advance(Millis{9});
    CHECK(order.empty());
    scheduler.advance(Millis{11});
    CHECK(order == std::vector{10, 11, 15, 20, 21});
    CHECK(clock.wall() - start == Millis{20});
}

TEST_CASE("background work waits to be stepped") {
    FakeScheduler scheduler;
    int ran = 0;
    scheduler.background([&] { ++ran; });
    CHECK(scheduler.runUi() == 0);
    CHECK(ran == 0);
    CHECK(scheduler.waitingBackground() == 1);
    CHECK(scheduler.runBackground() == 1);
    CHECK(ran == 1);
}
