#include "account/AccountFlow.h"

#include <catch2/catch.hpp>

#include "Resident.h"
#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::account;
using About = wire::MyNotice::About;
using NewsAt = Asked<wire::MyNotices>::At;

namespace {

struct NewsWorld {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    base::Result<wire::MyNotices> notices =
        wire::MyNotices{{{About::Dossier, "H29.168-261105-0042", "Đất đai", "papers_asked", ""},
                         {About::Report, "K7M3Q9X2TW", "thoat-nuoc", "answered", ""}},
                        "",
                        false,
                        "2026-11-21T09:00:00+07:00"};
    base::Result<void> taken;
    std::vector<wire::NoticesSeen> seen;
    int asked = 0, over = 0;
    std::shared_ptr<identity::ResidentSession> lan = test::residentFor(clock);
    AccountFlow flow{line(), scheduler, clock};

    NewsWorld() {
        flow.onOver = [this] { ++over; };
    }
    MyLine line() {
        return {.notices =
                    [this](const base::SecretText&) {
                        ++asked;
                        return notices;
                    },
                .noticesSeen =
                    [this](const base::SecretText&, const wire::NoticesSeen& shown) {
                        seen.push_back(shown);
                        return taken;
                    },
                .consents = [](const base::SecretText&) { return wire::MyConsents(); },
                .rights = [](const base::SecretText&) -> base::Result<wire::MyRights> {
                    return base::fail(base::ProblemKind::NoNetwork);
                }};
    }
    void ask() {
        flow.askNotices(lan);
        scheduler.settle();
    }
};

}  // namespace

TEST_CASE("News is counted by what it is about, and acknowledged exactly as it was shown") {
    NewsWorld world;
    CHECK(world.flow.news() == 0);
    world.ask();
    CHECK(world.flow.notices().at == NewsAt::Here);
    CHECK(world.flow.news() == 2);
    CHECK(world.flow.news(About::Dossier) == 1);
    world.flow.acknowledge(world.lan);
    world.flow.acknowledge(world.lan);
    world.scheduler.settle();
    CHECK(world.flow.news() == 0);
    REQUIRE(world.seen.size() == 1);
    REQUIRE(world.seen[0].items.size() == 2);
    CHECK(world.seen[0].items[0].code == "H29.168-261105-0042");
    CHECK(world.seen[0].items[0].state == "papers_asked");
}

TEST_CASE("Nothing is asked for nobody, nor when the login is over, here or at the gateway") {
    NewsWorld world;
    world.flow.askNotices(nullptr);
    CHECK(world.over == 1);
    world.notices = base::fail(base::ProblemKind::Unauthorized);
    world.ask();
    CHECK(world.over == 2);
    CHECK(world.asked == 1);
    world.clock.advance(std::chrono::minutes(16));
    world.ask();
    CHECK(world.over == 3);
    CHECK(world.asked == 1);
}

TEST_CASE("A failure is told, and what was there before stays until it is asked again") {
    NewsWorld world;
    world.ask();
    world.notices = base::fail(base::ProblemKind::NoNetwork);
    world.ask();
    CHECK(world.flow.notices().at == NewsAt::Failed);
    CHECK(world.flow.notices().problem.kind == base::ProblemKind::NoNetwork);
    CHECK(world.flow.news() == 2);
    world.flow.askConsents(world.lan);
    world.scheduler.settle();
    CHECK(world.flow.consents().value);
    CHECK(world.flow.rights().at == Asked<wire::MyRights>::At::Failed);
}

TEST_CASE("What comes after it was forgotten is nobody's") {
    NewsWorld world;
    world.flow.askNotices(world.lan);
    world.flow.forget();
    world.scheduler.settle();
    CHECK(world.flow.notices().at == NewsAt::Unasked);
    CHECK(world.flow.news() == 0);
}
