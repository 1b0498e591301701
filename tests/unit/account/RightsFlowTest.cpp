#include "account/RightsFlow.h"

#include "Resident.h"
#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::account;
using wire::Right;

namespace {

struct RightsWorld {
    explicit RightsWorld(const std::string& about = "") : about_(about) {}
    test::FakeKiosk kiosk;
    std::optional<wire::FeedbackState> state;
    std::shared_ptr<identity::ResidentSession> lan = test::residentFor(kiosk.clock);
    std::string about_;
    RightsFlow flow{{kiosk.box, [this](const std::string&, const base::SecretText&) { return answer(); }},
                    {"https://tram.example.vn/", "vi"},
                    kiosk.scheduler,
                    kiosk.clock,
                    lan->subject,
                    about_};
    RightsFlow* operator->() { return &flow; }
    base::Result<wire::FeedbackStatus> answer() const {
        if (!state) return base::fail(base::ProblemKind::NotFound);
        return test::statusOf(*state);
    }

    template <class State>
    bool is() const {
        return std::holds_alternative<State>(flow.state());
    }
    void send() {
        flow.send(lan);
        kiosk.scheduler.settle();
    }
    wire::RightsRequest kept() {
        const auto items = kiosk.items();
        REQUIRE(items.size() == 1);
        CHECK(items[0].kind == wire::RightsRequest::kKind);
        auto request = wire::RightsRequest::parse(kiosk.body(items[0]).fieldsJson.reveal());
        REQUIRE(request);
        return std::move(*request);
    }
};

}  // namespace

TEST_CASE("A right is used a question a page, and kept sealed with a code of its own") {
    RightsWorld world;
    CHECK(world->progress().steps == 3);
    world->choose(Right::Correct);
    CHECK(world.is<asking::About>());
    world->chooseAbout("K7M3Q9X2TW");
    REQUIRE(world.is<asking::Words>());
    CHECK(world->progress().step == 3);
    CHECK(world->progress().steps == 4);
    world->next();
    CHECK(world.is<asking::Words>());
    world->setWords(base::SecretText(" \n"));
    CHECK_FALSE(world->wordsFit());
    world->setWords(base::SecretText(std::string(1001, 'a')));
    CHECK_FALSE(world->wordsFit());
    world->setWords(base::SecretText("Số nhà là 14."));
    world->next();
    REQUIRE(world.is<asking::Check>());
    world.send();
    REQUIRE(world.is<asking::Kept>());
    const auto request = world.kept();
    CHECK(request.right == Right::Correct);
    CHECK(request.about == "K7M3Q9X2TW");
    CHECK(request.words.reveal() == "Số nhà là 14.");
    CHECK(request.subject.reveal() == world.lan->subject.reveal());
    REQUIRE(world->receipt());
    CHECK(world->receipt()->code.symbols() == request.trackingCode);
    CHECK(world->receipt()->phoneUrl ==
          "https://tram.example.vn/t/" + request.trackingCode + "#" + request.receiptSecret.reveal());
    CHECK(world->words().empty());
    CHECK_FALSE(world->back());
}

TEST_CASE("Of one report only the right is asked, and one may go back") {
    RightsWorld world("K7M3Q9X2TW");
    CHECK(world->progress().steps == 2);
    CHECK_FALSE(world->back());
    world->choose(Right::Withdraw);
    REQUIRE(world.is<asking::Check>());
    CHECK(world->back());
    CHECK(world.is<asking::Right>());
    world->choose(Right::Delete);
    world.send();
    CHECK(world.kept().words.empty());
    CHECK(world.kept().right == Right::Delete);
}

TEST_CASE("The receipt becomes true step by step, to the answer") {
    RightsWorld world("all");
    world->choose(Right::See);
    world.send();
    REQUIRE(world->receipt());
    CHECK_FALSE(world->receipt()->gatewayAt);
    const auto item = world.kiosk.items().front();
    REQUIRE(world.kiosk.store->markAccepted(item.id, outbox::Taken(world.kiosk.clock.wall())));
    world.state = wire::FeedbackState::Answered;
    world.kiosk.scheduler.advance(std::chrono::seconds(5));
    CHECK(world->receipt()->gatewayAt);
    REQUIRE(world->receipt()->status);
    CHECK(world->receipt()->status->state == wire::FeedbackState::Answered);
}

TEST_CASE("A disk that is full keeps nothing, and everything stays to be sent again") {
    RightsWorld world("all");
    world->choose(Right::Delete);
    world.kiosk.store->failures = {base::ProblemKind::DiskFull};
    world.send();
    REQUIRE(world.is<asking::KeepFailed>());
    CHECK(world.kiosk.items().empty());
    world.send();
    CHECK(world.is<asking::Kept>());
    CHECK(world.kept().right == Right::Delete);
}

TEST_CASE("A login that ran out is asked for again, and only the same person goes on") {
    RightsWorld world;
    world->choose(Right::Correct);
    world->chooseAbout("all");
    world->setWords(base::SecretText("Sai ngày sinh."));
    world->next();
    world.kiosk.clock.advance(std::chrono::minutes(16));
    world.send();
    REQUIRE(world.is<asking::Over>());
    CHECK(world.kiosk.items().empty());
    SECTION("the same") {
        world.lan = test::residentFor(world.kiosk.clock);
        world->resume(world.lan);
        CHECK(world.is<asking::Check>());
        world.send();
        CHECK(world.kept().words.reveal() == "Sai ngày sinh.");
    }
    SECTION("somebody else") {
        world.lan = test::residentFor(world.kiosk.clock, 'B');
        world->resume(world.lan);
        CHECK(world.is<asking::Right>());
        CHECK(world->words().empty());
    }
}
