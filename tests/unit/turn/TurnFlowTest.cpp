#include "turn/TurnFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"
#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::turn;
using base::ProblemKind;
using base::Result;

namespace {

wire::TurnDesk desk(const std::string& id, bool open = true, std::optional<int> left = 5) {
    wire::TurnDesk one{id, "Quầy " + id};
    one.open = open;
    one.left = left;
    return one;
}

struct TurnWorld {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    Result<wire::TurnBoard> board = wire::TurnBoard{"27154"};
    Result<wire::TurnAnswer> answer = wire::TurnAnswer{};
    std::vector<wire::TurnRequest> asked;
    std::vector<wire::TurnTicket> remembered;
    std::unique_ptr<TurnFlow> flow;

    void begin(std::string procedure = "khai-sinh", std::vector<wire::TurnTicket> had = {}) {
        flow = std::make_unique<TurnFlow>(
            TurnFlow::Ask{[this](const std::string&) { return board; },
                          [this](const std::string&, const wire::TurnRequest& request) {
                              asked.push_back(request);
                              auto told = answer;
                              if (told && told->ticket) {
                                  told->ticket->id = request.id.text();
                                  told->ticket->deskId = request.desk;
                              }
                              return told;
                          }},
            TurnFlow::Wish{"27154", std::move(procedure), ""}, std::move(had), scheduler, clock);
        flow->onTicket = [this](const auto& ticket) { remembered.push_back(ticket); };
        flow->start();
        scheduler.settle();
    }
    void offer(std::vector<wire::TurnDesk> desks, bool appointments = true) {
        wire::TurnBoard offered{"27154"};
        offered.desks = std::move(desks);
        offered.appointments = appointments;
        board = offered;
    }
    void give(const std::string& number) {
        wire::TurnTicket ticket;
        ticket.office = "27154";
        ticket.number = number;
        answer = wire::TurnAnswer{ticket};
    }
    void choose(std::size_t which) {
        flow->choose(which);
        scheduler.settle();
    }
    template <class Situation>
    const Situation* at() const {
        return std::get_if<Situation>(&flow->state());
    }
};

}  // namespace

TEST_CASE("A number is taken once for each desk of a session") {
    TurnWorld world;
    auto other = desk("b");
    other.procedures = {"ket-hon"};
    world.offer({desk("a"), other});
    world.give("A012");
    world.begin();
    REQUIRE(world.at<situation::Choosing>());
    CHECK(world.at<situation::Choosing>()->board.desks.size() == 1);
    world.choose(0);
    REQUIRE(world.at<situation::HasNumber>());
    CHECK(world.at<situation::HasNumber>()->ticket.number == "A012");
    CHECK_FALSE(world.at<situation::HasNumber>()->again);
    REQUIRE(world.remembered.size() == 1);
    CHECK(world.flow->back());
    world.scheduler.settle();
    world.choose(0);
    REQUIRE(world.at<situation::HasNumber>());
    CHECK(world.at<situation::HasNumber>()->again);
    CHECK(world.asked.size() == 1);
    const auto had = world.remembered;
    world.begin("khai-sinh", had);
    world.choose(0);
    CHECK(world.at<situation::HasNumber>()->again);
    CHECK(world.asked.size() == 1);
}

TEST_CASE("A number whose answer was lost is asked for again under its own id") {
    TurnWorld world;
    world.offer({desk("a")});
    world.answer = base::fail(ProblemKind::Timeout);
    world.begin();
    world.choose(0);
    REQUIRE(world.at<situation::TurnFailed>());
    CHECK(world.at<situation::TurnFailed>()->taking);
    CHECK(world.flow->back());
    world.scheduler.settle();
    world.choose(0);
    REQUIRE(world.at<situation::TurnFailed>());
    world.give("A013");
    world.flow->again();
    world.scheduler.settle();
    REQUIRE(world.at<situation::HasNumber>());
    REQUIRE(world.asked.size() == 3);
    CHECK(world.asked[0].id == world.asked[1].id);
    CHECK(world.asked[1].id == world.asked[2].id);
}

TEST_CASE("No number is told from no queue, and both from no network") {
    TurnWorld world;
    auto closed = desk("a", false);
    closed.opens = "13:00";
    world.offer({closed, desk("b", true, 0)});
    world.begin("");
    world.choose(0);
    REQUIRE(world.at<situation::NoNumber>());
    CHECK(world.at<situation::NoNumber>()->refusal == wire::TurnRefusal::Closed);
    CHECK(world.at<situation::NoNumber>()->opens == "13:00");
    CHECK(world.flow->back());
    world.scheduler.settle();
    world.choose(1);
    REQUIRE(world.at<situation::NoNumber>());
    CHECK(world.at<situation::NoNumber>()->refusal == wire::TurnRefusal::NoneLeft);
    CHECK(world.asked.empty());

    world.offer({desk("c")});
    world.answer = wire::TurnAnswer{{}, wire::TurnRefusal::NoneLeft};
    world.begin();
    world.choose(0);
    CHECK(world.at<situation::NoNumber>());

    world.board = base::fail(ProblemKind::NotFound);
    world.begin();
    REQUIRE(world.at<situation::NotOffered>());
    CHECK_FALSE(world.at<situation::NotOffered>()->appointments);
    CHECK_FALSE(world.flow->appointments());

    world.board = base::fail(ProblemKind::NoNetwork);
    world.begin();
    REQUIRE(world.at<situation::TurnFailed>());
    CHECK_FALSE(world.at<situation::TurnFailed>()->taking);
    CHECK(world.flow->appointments());
    world.offer({desk("a")});
    world.flow->again();
    world.scheduler.settle();
    CHECK(world.at<situation::Choosing>());
    CHECK_FALSE(world.flow->back());
}

TEST_CASE("An office without a desk for this errand offers an appointment, if it takes any") {
    TurnWorld world;
    auto other = desk("b");
    other.procedures = {"ket-hon"};
    world.offer({other}, true);
    world.begin("khai-sinh");
    REQUIRE(world.at<situation::NotOffered>());
    CHECK(world.at<situation::NotOffered>()->appointments);
}
