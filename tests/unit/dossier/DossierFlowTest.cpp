#include "dossier/DossierFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::dossier;
using base::ProblemKind;
using Verdict = wire::DossierReading::Verdict;

namespace {

const std::string kCode = "H29.25-260310-0420";

wire::DossierStatus statusOf(const std::string& code) {
    wire::DossierStatus one;
    one.code = code;
    return one;
}

struct World {
    test::FakeScheduler scheduler;
    std::vector<std::string> asked;
    int askedMine = 0, changes = 0;
    base::Result<wire::DossierStatus> answer = statusOf(kCode);
    base::Result<wire::MyDossiers> list =
        wire::MyDossiers{{statusOf(kCode), statusOf("H29-260310-0001")}, "", ""};
    DossierFlow flow;

    explicit World(bool loggedIn = true)
        : flow(asks(loggedIn), wire::DossierPatterns::make().value(), scheduler) {
        flow.onChange = [this] { ++changes; };
    }
    DossierFlow::Ask asks(bool loggedIn) {
        DossierFlow::Ask ask;
        ask.byCode = [this](const std::string& code) {
            asked.push_back(code);
            return answer;
        };
        if (loggedIn)
            ask.mine = [this] {
                ++askedMine;
                return list;
            };
        return ask;
    }
    /// The resident's list has one that may be rated; by its code alone it may not.
    wire::DossierStatus ownsFinished() {
        auto finished = statusOf(kCode);
        finished.state = wire::DossierState::Finished;
        finished.office = "Quầy 3";
        answer = finished;
        finished.rateable = true;
        finished.rate = "AAECAwQFBgcICQoLDA0ODw";
        list = wire::MyDossiers{{finished}, "", ""};
        return finished;
    }
    template <class Situation>
    const Situation& in() const {
        const auto* found = std::get_if<Situation>(&flow.state());
        REQUIRE(found);
        return *found;
    }
};

}  // namespace

TEST_CASE("a dossier's code is judged while it is typed, and what was typed stays as it was") {
    World world;
    CHECK(world.in<situation::TypingCode>().reading.verdict == Verdict::Empty);
    world.flow.type("h29.25 ");
    CHECK(world.in<situation::TypingCode>().text == "h29.25 ");
    CHECK(world.in<situation::TypingCode>().reading.verdict == Verdict::Incomplete);
    CHECK_FALSE(world.flow.ask());
    world.flow.type("h29.25 \u2013 26O310 \u2013 0420");
    CHECK(world.in<situation::TypingCode>().reading.verdict == Verdict::Complete);
    CHECK(world.asked.empty());
    CHECK(world.changes == 2);
}

TEST_CASE("what is asked for is the tidied code, once") {
    World world;
    world.flow.type("h29.25 \u2013 26O310 \u2013 0420");
    REQUIRE(world.flow.ask());
    CHECK(world.in<situation::AskingGateway>().code == kCode);
    CHECK_FALSE(world.flow.ask());
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.in<situation::Found>().status.code == kCode);
    CHECK_FALSE(world.in<situation::Found>().fromMine);
    CHECK(world.asked == std::vector{kCode});
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.asked == std::vector{kCode, kCode});
}

TEST_CASE("a scanned code is asked for at once") {
    World world;
    CHECK_FALSE(world.flow.open("https://example.org"));
    world.in<situation::TypingCode>();
    REQUIRE(world.flow.open(kCode));
    world.scheduler.settle();
    world.in<situation::Found>();
}

TEST_CASE("a dossier nobody knows is said to be of another organisation if it is") {
    World world;
    world.answer = base::fail(ProblemKind::NotFound);
    world.flow.open(kCode);
    world.scheduler.settle();
    CHECK(world.in<situation::NotFound>().code == kCode);
    CHECK_FALSE(world.in<situation::NotFound>().elsewhere);
    world.flow.open("G09.20-20260609-0092637");
    world.scheduler.settle();
    CHECK(world.in<situation::NotFound>().elsewhere);
}

TEST_CASE("a failure keeps the code, and the same can be asked again") {
    World world;
    world.answer = base::fail(ProblemKind::ServerFault, {{"detail", "source"}});
    world.flow.open(kCode);
    world.scheduler.settle();
    CHECK(world.in<situation::AskFailed>().code == kCode);
    CHECK(world.in<situation::AskFailed>().problem.fact("detail") == "source");
    world.answer = statusOf(kCode);
    world.flow.again();
    world.scheduler.settle();
    world.in<situation::Found>();
}

TEST_CASE("typing, or another code, drops an answer that is still on its way") {
    World world;
    world.flow.open(kCode);
    world.flow.type("H29");
    world.scheduler.settle();
    CHECK(world.in<situation::TypingCode>().text == "H29");
    world.flow.open(kCode);
    world.flow.another();
    world.scheduler.settle();
    CHECK(world.in<situation::TypingCode>().text.empty());
}

TEST_CASE("the resident's own are asked for, opened without asking, and come back to") {
    World world;
    world.flow.mine();
    world.in<situation::AskingMine>();
    CHECK_FALSE(world.flow.show(0));
    world.scheduler.settle();
    CHECK(world.in<situation::MyList>().mine.dossiers.size() == 2);
    CHECK_FALSE(world.flow.show(2));
    REQUIRE(world.flow.show(1));
    CHECK(world.in<situation::Found>().fromMine);
    CHECK(world.asked.empty());
    world.flow.back();
    CHECK(world.in<situation::MyList>().mine.dossiers.size() == 2);
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.askedMine == 2);
    world.flow.show(1);
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.asked == std::vector<std::string>{"H29-260310-0001"});
}

TEST_CASE("the resident's list that fails can be asked for again") {
    World world;
    world.list = base::fail(ProblemKind::NoNetwork);
    world.flow.mine();
    world.scheduler.settle();
    CHECK(world.in<situation::AskFailed>().code.empty());
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.askedMine == 2);
}

TEST_CASE("while nobody is logged in there is no list of dossiers") {
    World world(false);
    CHECK_FALSE(world.flow.canAskMine());
    world.flow.mine();
    world.flow.back();
    world.in<situation::TypingCode>();
    CHECK(world.changes == 0);
}

TEST_CASE("a slip's secret goes along with its code, and with no other") {
    std::vector<std::string> asked;
    test::FakeScheduler scheduler;
    DossierFlow::Ask ask;
    ask.byCode = [&](const std::string& code) -> base::Result<wire::DossierStatus> {
        asked.push_back(code);
        return statusOf(code);
    };
    ask.bySlip = [&](const std::string& code,
                     const base::SecretText& secret) -> base::Result<wire::DossierStatus> {
        asked.push_back(code + " " + secret.reveal());
        auto status = statusOf(code);
        status.rateable = true;
        status.rate = "AAECAwQFBgcICQoLDA0ODw";
        return status;
    };
    DossierFlow flow(ask, wire::DossierPatterns::make().value(), scheduler);
    REQUIRE(flow.open(kCode, base::SecretText("lan-da-nhan")));
    scheduler.settle();
    flow.again();
    scheduler.settle();
    REQUIRE(std::get<situation::Found>(flow.state()).status.rateable);
    flow.rated();
    CHECK_FALSE(std::get<situation::Found>(flow.state()).status.rateable);
    CHECK(std::get<situation::Found>(flow.state()).status.rated);
    flow.another();
    flow.type("H29-260310-0001");
    REQUIRE(flow.ask());
    scheduler.settle();
    CHECK(asked ==
          std::vector<std::string>{kCode + " lan-da-nhan", kCode + " lan-da-nhan", "H29-260310-0001"});
}

TEST_CASE("one of the resident's list stays theirs to rate when it is asked for anew") {
    World world;
    const auto finished = world.ownsFinished();
    world.flow.mine();
    world.scheduler.settle();
    REQUIRE(world.flow.show(0));
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.in<situation::Found>().status.rate == finished.rate);
    world.flow.rated();
    world.flow.again();
    world.scheduler.settle();
    CHECK(world.in<situation::Found>().status.rated);
    CHECK_FALSE(world.in<situation::Found>().status.rateable);
}

TEST_CASE("one of one's own that the news leads to can be rated, and is shown without the list too") {
    World world;
    const auto finished = world.ownsFinished();
    world.flow.openOwn(kCode);
    world.scheduler.settle();
    CHECK(world.in<situation::Found>().status.rate == finished.rate);
    CHECK_FALSE(world.in<situation::Found>().fromMine);
    World away;
    away.list = base::fail(ProblemKind::NoNetwork);
    away.flow.openOwn(kCode);
    away.scheduler.settle();
    CHECK(away.in<situation::Found>().status.code == kCode);
}
