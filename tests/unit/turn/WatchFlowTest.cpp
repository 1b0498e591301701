#include "turn/WatchFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"
#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::turn;
using base::ProblemKind;

namespace {

struct WatchWorld {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    base::Result<wire::WatchAnswer> answer = wire::WatchAnswer{"2026-12-31"};
    struct Sent {
        std::string id, to;
        wire::Channel channel;
    };
    std::vector<Sent> sent;
    WatchFlow flow{[this](const wire::WatchRequest& request) {
                       sent.push_back({request.id.text(), request.to.reveal(), request.channel});
                       return answer;
                   },
                   {wire::Channel::Sms, wire::Channel::Email},
                   scheduler,
                   clock};
    void send() {
        flow.send("vi");
        scheduler.settle();
    }
};

}  // namespace

TEST_CASE("A watch needs an address of its channel, and consent") {
    WatchWorld world;
    world.send();
    CHECK(world.sent.empty());
    CHECK(world.flow.issues() == std::vector{WatchIssue::AddressMissing, WatchIssue::ConsentMissing});
    world.flow.setAddress(base::SecretText("0901 234 567"));
    world.flow.setConsent(true, "vi:1");
    world.send();
    REQUIRE(world.sent.size() == 1);
    CHECK(world.sent[0].to == "0901234567");
    REQUIRE(std::holds_alternative<situation::Watched>(world.flow.state()));
    world.send();
    CHECK(world.sent.size() == 1);
}

TEST_CASE("What was not answered is the same watch again, another number another one") {
    WatchWorld world;
    world.answer = base::fail(ProblemKind::Timeout);
    world.flow.setAddress(base::SecretText("0901234567"));
    world.flow.setConsent(true, "vi:1");
    world.send();
    REQUIRE(std::holds_alternative<situation::WatchFailed>(world.flow.state()));
    CHECK(world.flow.back());
    world.send();
    world.flow.setAddress(base::SecretText("0901234568"));
    world.send();
    world.flow.choose(wire::Channel::Email);
    world.flow.setAddress(base::SecretText("lan@example.vn"));
    world.answer = wire::WatchAnswer{"2026-12-31"};
    world.send();
    REQUIRE(world.sent.size() == 4);
    CHECK(world.sent[0].id == world.sent[1].id);
    CHECK(world.sent[1].id != world.sent[2].id);
    CHECK(world.sent[3].channel == wire::Channel::Email);
    CHECK_FALSE(world.flow.back());
}
