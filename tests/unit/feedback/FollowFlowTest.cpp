#include "feedback/FollowFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::feedback;
using base::ProblemKind;
using base::TrackingCode;
using Typed = TrackingCode::Typed;

namespace {

struct World {
    test::FakeKiosk kiosk;
    std::vector<std::string> asked;
    std::function<base::Result<wire::FeedbackStatus>()> answer = [] {
        return base::fail(ProblemKind::NotFound);
    };
    FollowFlow flow{[this](const std::string& code) {
                        asked.push_back(code);
                        return answer();
                    },
                    kiosk.box, kiosk.scheduler};
    int changes = 0;
    World() {
        flow.onChange = [this] { ++changes; };
    }

    template <class Situation>
    const Situation& in() const {
        const auto* found = std::get_if<Situation>(&flow.state());
        REQUIRE(found);
        return *found;
    }
    void askAndSettle() {
        REQUIRE(flow.ask());
        in<situation::AskingGateway>();
        kiosk.scheduler.settle();
    }
    /// A report kept at this kiosk.
    std::string keptHere(base::Uuid* id = nullptr) {
        const auto code = kiosk.box->freshCode().value();
        outbox::NewAction action;
        action.kind = wire::FeedbackReport::kKind;
        action.createdAt = "2026-11-21T09:00:00+07:00";
        action.fieldsJson = base::SecretText("{}");
        action.trackingCode = code.symbols();
        const auto kept = kiosk.box->keep(action);
        REQUIRE(kept);
        if (id) *id = kept->id;
        return code.symbols();
    }
};

}  // namespace

TEST_CASE("a code is judged while it is typed") {
    World world;
    CHECK(world.in<situation::TypingCode>().verdict == Typed::Incomplete);
    world.flow.type("k7m3q");
    CHECK(world.in<situation::TypingCode>().grouped == "K7M-3Q");
    CHECK_FALSE(world.flow.ask());
    world.flow.type("K7M-3Q9-X2T-X");
    CHECK(world.in<situation::TypingCode>().verdict == Typed::WrongCheck);
    CHECK_FALSE(world.flow.ask());
    CHECK(world.flow.code().empty());
    world.flow.type("k7m 3q9 x2t w");
    CHECK(world.in<situation::TypingCode>().verdict == Typed::Complete);
    CHECK(world.flow.code() == "K7M-3Q9-X2T-W");
    CHECK(world.changes == 3);
    CHECK(world.asked.empty());
}

TEST_CASE("a report is found, and asked for again") {
    World world;
    world.answer = [] { return test::statusOf(wire::FeedbackState::Forwarded, "1022-7"); };
    world.flow.type("K7M-3Q9-X2T-W");
    world.askAndSettle();
    CHECK(world.in<situation::Found>().status.externalNumber == "1022-7");
    CHECK(world.asked == std::vector<std::string>{"K7M3Q9X2TW"});
    CHECK_FALSE(world.flow.ask());

    world.answer = [] { return test::statusOf(wire::FeedbackState::Answered); };
    world.flow.again();
    world.kiosk.scheduler.settle();
    CHECK(world.in<situation::Found>().status.state == wire::FeedbackState::Answered);

    world.flow.another();
    CHECK(world.in<situation::TypingCode>().grouped.empty());
    CHECK(world.flow.code().empty());
    world.flow.again();
    CHECK(world.in<situation::TypingCode>().grouped.empty());
}

TEST_CASE("a right code the gateway does not know: does it wait here?") {
    World world;
    SECTION("it may wait at another kiosk") {
        world.flow.type("K7M-3Q9-X2T-W");
        world.askAndSettle();
        CHECK_FALSE(world.in<situation::NotArrived>().waitsHere);
    }
    SECTION("it waits here") {
        world.flow.type(world.keptHere());
        world.askAndSettle();
        CHECK(world.in<situation::NotArrived>().waitsHere);
    }
    SECTION("it was here, and has left") {
        base::Uuid id = base::Uuid::v7(world.kiosk.clock.wall());
        const auto code = world.keptHere(&id);
        REQUIRE(world.kiosk.store->markAccepted(id, world.kiosk.clock.wall()));
        world.flow.type(code);
        world.askAndSettle();
        CHECK_FALSE(world.in<situation::NotArrived>().waitsHere);
    }
}

TEST_CASE("without a network what waits here is still known, the rest is not") {
    World world;
    world.answer = [] { return base::fail(ProblemKind::NoNetwork); };
    world.flow.type(world.keptHere());
    world.askAndSettle();
    CHECK(world.in<situation::NotArrived>().waitsHere);

    world.flow.type("K7M-3Q9-X2T-W");
    world.askAndSettle();
    CHECK(world.in<situation::AskFailed>().problem.kind == ProblemKind::NoNetwork);
    world.answer = [] { return test::statusOf(wire::FeedbackState::Received); };
    world.flow.again();
    world.kiosk.scheduler.settle();
    world.in<situation::Found>();
}

TEST_CASE("too many wrong codes are the gateway's to refuse, and told") {
    World world;
    world.answer = [] { return base::fail(ProblemKind::TooManyRequests, {{"retry_after_s", "60"}}); };
    world.flow.type("K7M-3Q9-X2T-W");
    world.askAndSettle();
    CHECK(world.in<situation::AskFailed>().problem.fact("retry_after_s") == "60");
}

TEST_CASE("an answer that comes too late is dropped") {
    World world;
    world.answer = [] { return test::statusOf(wire::FeedbackState::Received); };
    world.flow.type("K7M-3Q9-X2T-W");
    REQUIRE(world.flow.ask());
    CHECK_FALSE(world.flow.ask());
    world.flow.again();  // already asking
    world.kiosk.scheduler.runBackground();
    CHECK(world.asked.size() == 1);
    world.flow.another();
    world.kiosk.scheduler.settle();
    CHECK(world.in<situation::TypingCode>().grouped.empty());
}

TEST_CASE("a code that no report has may be an appointment's") {
    World world;
    int asked = 0;
    base::Result<wire::AppointmentStatus> answer = base::fail(ProblemKind::NotFound);
    FollowFlow flow([&](const std::string&) { return world.answer(); }, world.kiosk.box,
                    world.kiosk.scheduler,
                    [&](const std::string&) {
                        ++asked;
                        return answer;
                    });
    flow.type("K7M-3Q9-X2T-W");
    REQUIRE(flow.ask());
    world.kiosk.scheduler.settle();
    CHECK(std::holds_alternative<situation::NotArrived>(flow.state()));
    wire::AppointmentStatus status;
    status.trackingCode = "K7M3Q9X2TW";
    answer = status;
    flow.again();
    world.kiosk.scheduler.settle();
    CHECK(std::holds_alternative<situation::FoundAppointment>(flow.state()));
    CHECK(asked == 2);
    world.answer = [] { return test::statusOf(wire::FeedbackState::Received); };
    flow.again();
    world.kiosk.scheduler.settle();
    CHECK(std::holds_alternative<situation::Found>(flow.state()));
    CHECK(asked == 2);
}
