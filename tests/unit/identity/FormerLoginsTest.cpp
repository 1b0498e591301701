#include "identity/FormerLogins.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeScheduler.h"

namespace tram::identity {
namespace {

struct World {
    tram::test::FakeClock clock;
    tram::test::FakeScheduler scheduler{clock};
    int asked = 0;
    bool heard = false;
    FormerLogins former{[this]() -> base::Result<void> {
                            ++asked;
                            if (!heard) return base::fail(base::ProblemKind::NoNetwork);
                            return {};
                        },
                        scheduler, clock};
    void look() {
        former.nobodyHere();
        scheduler.runBackground();
        scheduler.runUi();
    }
};

}  // namespace

// STANDARDS 3: the end of a session revokes its token; after a crash, too.
TEST_CASE("A fresh process ends the logins before it, again until the gateway has heard it") {
    World world;
    world.look();
    CHECK(world.asked == 1);
    world.look();
    world.clock.advance(FormerLogins::kAgain - base::Millis(1));
    world.look();
    CHECK(world.asked == 1);
    world.clock.advance(base::Millis(1));
    world.heard = true;
    world.look();
    CHECK(world.asked == 2);
    world.clock.advance(std::chrono::hours(1));
    world.look();
    CHECK(world.asked == 2);
}

TEST_CASE("While the gateway has not answered nothing is asked again") {
    World world;
    world.former.nobodyHere();
    world.clock.advance(FormerLogins::kAgain * 2);
    world.former.nobodyHere();
    CHECK(world.scheduler.runBackground() == 1);
}

}  // namespace tram::identity
