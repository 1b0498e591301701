#include "account/ServicesFlow.h"

#include <catch2/catch.hpp>

#include "Resident.h"
#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::account;
using Ids = std::vector<std::string>;

namespace {

const Ids kKnown = {"feedback", "dossier", "install", "news"};

wire::MyServices chosen(std::int64_t revision, const Ids& ids) {
    wire::MyServices mine;
    mine.revision = revision;
    mine.services = ids;
    return mine;
}

/// The gateway's side, by hand.
struct TilesWorld {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    base::Result<wire::MyServices> kept = chosen(3, {"news", "later_one", "dossier"});
    base::Result<wire::MyServices> answer = kept;  ///< to what is sent
    std::vector<wire::MyServices> sent;
    std::string token;
    std::shared_ptr<identity::ResidentSession> lan = test::residentFor(clock);
    ServicesFlow flow{line(), kKnown, scheduler, clock};

    MyLine line() {
        return {.services =
                    [this](const base::SecretText& given) {
                        token = given.reveal();
                        return kept;
                    },
                .keepServices =
                    [this](const base::SecretText&, const wire::MyServices& mine) {
                        sent.push_back(mine);
                        return answer;
                    }};
    }
    void load() {
        flow.load(lan);
        scheduler.settle();
    }
    void save() {
        flow.save(lan);
        scheduler.settle();
    }
    template <class State>
    bool is() const {
        return std::holds_alternative<State>(flow.state());
    }
};

}  // namespace

TEST_CASE("Tiles are chosen and ordered, and those that are not known here stay where they are") {
    TilesWorld world;
    CHECK(world.is<choosing::Loading>());
    world.load();
    REQUIRE(world.is<choosing::Editing>());
    CHECK(world.token == "a-token");
    auto& flow = world.flow;
    CHECK(flow.chosen() == Ids{"news", "dossier"});
    CHECK(flow.others() == Ids{"feedback", "install"});
    CHECK_FALSE(flow.mayGo("news", -1));
    CHECK(flow.mayGo("news", 1));
    flow.go("news", 1);
    CHECK(flow.mine().services == Ids{"dossier", "later_one", "news"});
    flow.add("install");
    flow.add("install");
    flow.add("nothing_like_it");
    flow.remove("dossier");
    flow.remove("later_one");
    CHECK(flow.mine().services == Ids{"later_one", "news", "install"});
    CHECK(std::get<choosing::Editing>(flow.state()).changed);
    world.answer = chosen(4, flow.mine().services);
    world.save();
    CHECK(world.is<choosing::Saved>());
    REQUIRE(world.sent.size() == 1);
    CHECK(world.sent[0].revision == 3);
    CHECK(flow.mine().revision == 4);
}

TEST_CASE("What a later version has chosen is shown, and never written") {
    TilesWorld world;
    const auto later =
        wire::MyServices::parse(R"({"version":2,"revision":9,"services":["news",{"id":"x"}]})");
    REQUIRE(later);
    world.kept = *later;
    world.load();
    REQUIRE(world.is<choosing::ReadOnly>());
    CHECK(world.flow.chosen() == Ids{"news"});
    world.flow.add("install");
    world.flow.remove("news");
    world.save();
    CHECK(world.sent.empty());
    CHECK(world.is<choosing::ReadOnly>());
}

TEST_CASE("A choice kept elsewhere meanwhile is a person's to settle") {
    TilesWorld world;
    world.load();
    world.flow.add("install");
    world.answer = base::fail(base::ProblemKind::Conflict);
    world.kept = chosen(7, {"feedback"});
    world.save();
    REQUIRE(world.is<choosing::Elsewhere>());
    SECTION("this one") {
        world.answer = chosen(8, {});
        world.flow.keepMine(world.lan);
        world.scheduler.settle();
        REQUIRE(world.sent.size() == 2);
        CHECK(world.sent[1].revision == 7);
        CHECK(world.sent[1].services == Ids{"news", "later_one", "dossier", "install"});
        CHECK(world.is<choosing::Saved>());
    }
    SECTION("the other") {
        world.flow.takeTheirs();
        CHECK(world.flow.chosen() == Ids{"feedback"});
        CHECK(world.sent.size() == 1);
    }
}

TEST_CASE("Over a login that has run out nothing chosen is lost, but for another person") {
    TilesWorld world;
    world.load();
    world.flow.add("install");
    world.answer = base::fail(base::ProblemKind::Unauthorized);
    world.save();
    REQUIRE(world.is<choosing::Over>());
    SECTION("the same person") {
        world.load();
        CHECK(world.flow.chosen() == Ids{"news", "dossier", "install"});
        CHECK(std::get<choosing::Editing>(world.flow.state()).changed);
    }
    SECTION("another") {
        world.lan = test::residentFor(world.clock, 'B');
        world.kept = chosen(0, {});
        world.load();
        CHECK(world.flow.chosen().empty());
    }
}

TEST_CASE("No line: what was chosen stays, and is saved once there is one") {
    TilesWorld world;
    world.kept = base::fail(base::ProblemKind::NoNetwork);
    world.load();
    CHECK(std::get<choosing::Failed>(world.flow.state()).loading);
    world.save();
    CHECK(world.sent.empty());
    world.kept = chosen(0, {});
    world.load();
    world.flow.add("news");
    world.answer = base::fail(base::ProblemKind::NoNetwork);
    world.save();
    CHECK_FALSE(std::get<choosing::Failed>(world.flow.state()).loading);
    world.answer = chosen(1, {"news"});
    world.save();
    CHECK(world.is<choosing::Saved>());
    world.clock.advance(std::chrono::minutes(16));
    world.flow.add("install");
    world.save();
    CHECK(world.is<choosing::Over>());
    CHECK(world.sent.size() == 2);
}

TEST_CASE("Home's order: the chosen ones that are known, then the rest, each once") {
    CHECK(ordered({"news", "x", "news", "dossier"}, kKnown) == Ids{"news", "dossier", "feedback", "install"});
    CHECK(ordered({}, kKnown) == kKnown);
}
