#include "LoginWorld.h"

using namespace tram;
using namespace tram::test;
using World = LoginWorld;

TEST_CASE("that somebody has agreed is told once, and nobody takes that code away from them") {
    World w;
    w.begin();
    const auto said = [&](const json& agreed) {
        w.gateway.polls.push_back(LoginStub::error({{"error", "authorization_pending"}, {"agreed", agreed}}));
        w.pass(5s);
        return w.get<situation::Showing>().agreed;
    };
    for (const auto& none : {json(false), json("true"), json(1), json(nullptr)}) CHECK_FALSE(said(none));
    CHECK(w.login->mayHaveMoreTime());
    const int changes = w.changes;
    CHECK(said(true));
    w.pause();
    w.pass(5s);
    CHECK(w.get<situation::Showing>().agreed);
    CHECK(w.changes == changes + 1);
    CHECK_FALSE(w.login->mayHaveMoreTime());
    w.login->moreTime();
    w.scheduler.settle();
    CHECK(w.gateway.codes == 1);
    CHECK(w.gateway.revoked.empty());
    w.login->cancel();  // but giving up is theirs
    w.scheduler.settle();
    CHECK(w.wasRevoked("device_code code-1"));
}

TEST_CASE("who has agreed has the time that the gateway tells, once, and the countdown follows") {
    World w;
    w.begin();
    const auto agreed = [&](const json& seconds) {
        w.gateway.polls.push_back(LoginStub::error(
            {{"error", "authorization_pending"}, {"agreed", true}, {"expires_in", seconds}}));
    };
    SECTION("in the middle of the code's time") {
        w.pass(49s);
        agreed(100);
        w.pass(1s);
        CHECK(w.login->secondsLeft() == 100);
        agreed(100);
        w.pass(5s);
        CHECK(w.login->secondsLeft() == 95);
        w.pass(95s);
        CHECK(w.is<situation::Expired>());
    }
    SECTION("heard of with the last question") {
        w.pass(119s);
        agreed(120);
        w.pass(1s);
        REQUIRE(w.get<situation::Showing>().agreed);
        CHECK(w.login->secondsLeft() == 120);
        const int ticks = w.ticks;
        w.pass(10s);
        CHECK(w.ticks == ticks + 10);
        w.gateway.polls.push_back(w.gateway.approved());
        w.pass(5s);
        CHECK(w.is<situation::Approved>());
    }
    SECTION("never longer than we count ourselves") {
        w.pass(4s);
        agreed(86400);
        w.pass(1s);
        CHECK(w.login->secondsLeft() == 120);
    }
    SECTION("never beyond the ten minutes in all") {
        for (int i = 0; i < 4; ++i) {
            w.pass(115s);
            w.login->moreTime();
            w.pass(6s);
        }
        w.pass(86s);  // 570 of 600 seconds
        w.login->moreTime();
        w.pass(4s);
        agreed(120);
        w.pass(5s);
        REQUIRE(w.get<situation::Showing>().agreed);
        CHECK(w.login->secondsLeft() < 30);
    }
    SECTION("a fresh code begins anew") {
        w.pass(4s);
        agreed(30);
        w.pass(1s);
        w.pass(30s);
        REQUIRE(w.is<situation::Expired>());
        w.login->moreTime();
        w.pass(4s);
        agreed(90);
        w.pass(1s);
        CHECK(w.login->secondsLeft() == 90);
    }
}

TEST_CASE("before a fresh code the gateway is asked once more, at its time, what became of the former") {
    World w;
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    w.pass(6s);
    w.login->moreTime();
    w.pass(3s);
    CHECK(w.is<situation::Asking>());
    CHECK(w.login->secondsLeft() == 0);
    CHECK(w.gateway.codes == 1);
    const auto became = [&](const json& answer) {
        w.gateway.polls.push_back(LoginStub::error(answer));
        w.pass(1s);
        CHECK(w.pauses(shown) == std::vector<int>{5, 5});  // RFC 8628 §3.5
    };
    SECTION("nobody has decided") {
        became({{"error", "authorization_pending"}, {"opened", true}});
        CHECK(w.gateway.codes == 2);
        CHECK(w.wasRevoked("device_code code-1"));
        CHECK_FALSE(w.get<situation::Showing>().opened);
    }
    SECTION("it asks to be asked less often") {
        became({{"error", "slow_down"}});
        CHECK(w.gateway.codes == 2);
    }
    SECTION("it has run out") {
        became({{"error", GENERATE("expired_token", "invalid_grant")}});
        CHECK(w.gateway.codes == 2);
        CHECK(w.login->secondsLeft() == 120);
    }
    SECTION("somebody is at the provider: that goes on") {
        became({{"error", "authorization_pending"}, {"opened", true}, {"agreed", true}});
        CHECK(w.get<situation::Showing>().agreed);
        CHECK(w.get<situation::Showing>().userCode == "BDFH-JKLM");
        CHECK(w.login->secondsLeft() == 110);
        CHECK(w.gateway.codes == 1);
        w.gateway.polls.push_back(w.gateway.approved());
        w.pass(5s);
        CHECK(w.is<situation::Approved>());
    }
    SECTION("they have confirmed: they are greeted") {
        w.gateway.polls.push_back(w.gateway.approved());
        w.pass(1s);
        CHECK(w.is<situation::Approved>());
        CHECK(w.gateway.codes == 1);
    }
    SECTION("they have declined") {
        became({{"error", "access_denied"}, {"reason", "declined"}});
        CHECK(w.is<situation::Declined>());
        CHECK(w.gateway.codes == 1);
    }
    SECTION("the line is lost") {
        w.gateway.polls.push_back(test::breakOff);
        w.pass(1s);
        CHECK(w.gateway.codes == 2);
        CHECK(w.is<situation::Showing>());
    }
    SECTION("cancelled meanwhile") {
        w.login->cancel();
        w.pass(5min);
        CHECK(w.is<situation::Idle>());
        CHECK(w.gateway.codes == 1);
        CHECK(w.wasRevoked("device_code code-1"));
    }
}

TEST_CASE("where the line is lost a fresh code waits for no answer about the former") {
    World w;
    w.begin();
    w.gateway.polls.push_back(test::breakOff);
    w.pass(5s);
    REQUIRE(w.get<situation::Showing>().lineLost);
    w.login->moreTime();
    w.scheduler.settle();
    CHECK(w.gateway.codes == 2);
    CHECK(w.gateway.polledAt.size() == 1);
}

TEST_CASE("when the line comes back a code stands there by itself, within ten minutes of the beginning") {
    World w;
    std::vector<Millis> asked;
    const auto answer = w.gateway.codeAnswer = [&](auto& response) {
        asked.push_back(w.clock.boot().sinceBoot);
        test::answerHtml(response, 504);
    };
    SECTION("that could not be had before") {
        w.begin();
        REQUIRE(w.is<situation::Unreachable>());
        CHECK(w.held == 0);  // whoever has gone away is not waited for
        w.pass(20s);
        CHECK(asked.size() == 3);  // at once, after 5 and after 15 seconds
        w.gateway.codeAnswer = nullptr;
        w.pass(20s);
        CHECK(w.get<situation::Showing>().userCode == "BDFH-JKLM");
        CHECK(w.login->secondsLeft() == 115);
        CHECK(w.held == 1);
    }
    SECTION("a fresh one, after one that ran out") {
        w.gateway.codeAnswer = nullptr;
        w.begin();
        for (int i = 0; i < 10; ++i)
            w.gateway.polls.push_back([](auto& response) { test::answerHtml(response, 504); });
        w.pass(121s);
        REQUIRE(w.is<situation::Unreachable>());
        CHECK(w.held == 0);
        w.pass(5s);
        CHECK(w.gateway.codes == 2);
        CHECK_FALSE(w.get<situation::Showing>().lineLost);
    }
    SECTION("but not for ever") {
        w.begin();
        w.pass(10min);
        const auto times = asked.size();
        CHECK(times > 8);
        w.gateway.codeAnswer = nullptr;
        w.pass(30min);
        CHECK(w.gateway.codes == 0);
        CHECK(w.is<situation::Unreachable>());
        w.begin();  // a person does
        CHECK(w.is<situation::Showing>());
    }
    SECTION("nor for somebody who has gone") {
        w.begin();
        w.login->cancel();
        w.gateway.codeAnswer = nullptr;
        w.pass(10min);
        CHECK(w.gateway.codes == 0);
        CHECK(w.is<situation::Idle>());
    }
    SECTION("nor against what the gateway asks for") {
        w.gateway.codeAnswer = [&](auto& response) {
            answer(response);
            test::answerProblem(response, 429);
            response.set_header("Retry-After", "70");
        };
        w.begin();
        w.pass(69s);
        CHECK(asked.size() == 1);
        w.pass(1s);
        CHECK(asked.size() == 2);
    }
}
