#include "LoginWorld.h"

using namespace tram;
using namespace tram::test;
using World = LoginWorld;

TEST_CASE("a login shows what to scan and becomes a session when the phone approves") {
    World w;
    w.login->begin();
    CHECK(w.is<situation::Asking>());
    CHECK(w.held == 1);
    w.scheduler.settle();
    const auto& showing = w.get<situation::Showing>();
    CHECK(showing.scan == link::ScanWay::PhoneBrowser);
    CHECK(showing.qrText == "https://tram.example.vn/d?code=BDFH-JKLM");  // STANDARDS 2
    CHECK(showing.userCode == "BDFH-JKLM");
    CHECK(w.login->secondsLeft() == 120);
    w.pass(3s);
    CHECK(w.login->secondsLeft() == 117);
    CHECK(w.ticks == 3);
    w.pause();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(7s);
    const auto session = w.get<situation::Approved>().session;
    CHECK(session->name.reveal() == "Nguyễn Văn An");
    CHECK(session->personalNumber.reveal() == "079090001234");
    CHECK(session->birthDate.reveal() == "1990-01-02");
    CHECK(session->phone.reveal() == "+84901234567");
    CHECK(session->subject.reveal() == "cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA");
    CHECK(session->accessToken.reveal() == "resident-token");
    CHECK(session->accountLevel == 2);
    CHECK_FALSE(session->foreigner);
    CHECK(session->tokenIsGood(w.clock.boot()));
    CHECK(w.held == 0);
    w.pass(20min);
    CHECK_FALSE(session->tokenIsGood(w.clock.boot()));
    CHECK(w.gateway.polledAt.size() == 2);
    CHECK(w.gateway.revoked.empty());
    CHECK(w.gateway.strangers.empty());  // STANDARDS 3: each question with the kiosk's own assertion
}

TEST_CASE("the provider's own payload is shown as it is, without a code to compare") {
    World w;
    w.gateway.code["scan"] = "provider_app";
    w.gateway.code["provider_qr"] = "VNEID:AbC 123";
    w.begin();
    CHECK(w.get<situation::Showing>().scan == link::ScanWay::ProviderApp);
    CHECK(w.get<situation::Showing>().qrText == "VNEID:AbC 123");
    CHECK(w.get<situation::Showing>().userCode.empty());
}

TEST_CASE("questions come at the interval that the gateway names") {  // RFC 8628 §3.2
    World w;
    w.gateway.code["interval"] = 7;
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    w.pass(30s);
    CHECK(w.pauses(shown) == std::vector<int>{7, 7, 7, 7});
}

TEST_CASE("without an interval they come every five seconds") {  // STANDARDS 1
    World w;
    w.gateway.code.erase("interval");
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    w.pass(16s);
    CHECK(w.pauses(shown) == std::vector<int>{5, 5, 5});
}

TEST_CASE("each slow_down adds five seconds for good") {  // STANDARDS 1
    World w;
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    for (const char* error : {"authorization_pending", "slow_down", "authorization_pending", "slow_down"})
        w.next(error);
    w.pass(76s);
    CHECK(w.pauses(shown) == std::vector<int>{5, 5, 10, 10, 15, 15, 15});
    w.login->moreTime();
    w.pass(14s);  // the last question about the former code
    w.gateway.polledAt.clear();
    const auto again = w.clock.boot().sinceBoot;
    w.pass(31s);
    CHECK(w.pauses(again) == std::vector<int>{15, 15});
}

TEST_CASE("a line that is lost lengthens the wait, and the login goes on") {  // STANDARDS 1, RFC 8628 §3.5
    World w;
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    w.gateway.polls.push_back(test::breakOff);
    w.gateway.polls.push_back([](auto& response) { test::answerHtml(response); });
    w.gateway.polls.push_back([](auto& response) { test::answerHtml(response, 502); });
    w.pass(5s);
    CHECK(w.get<situation::Showing>().lineLost);
    w.pass(30s);
    w.pass(40s);
    CHECK(w.pauses(shown) == std::vector<int>{5, 10, 20, 40});
    CHECK_FALSE(w.get<situation::Showing>().lineLost);
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(5s);
    CHECK(w.is<situation::Approved>());
}

TEST_CASE("that a phone has opened the code is told once, and holds for that code alone") {
    World w;
    w.begin();
    const auto said = [&](const json& opened) {
        w.gateway.polls.push_back(LoginStub::error({{"error", "authorization_pending"}, {"opened", opened}}));
        w.pass(5s);
        return w.get<situation::Showing>().opened;
    };
    for (const auto& none : {json(false), json("true"), json(1), json(nullptr)}) CHECK_FALSE(said(none));
    const int changes = w.changes;
    CHECK(said(true));
    CHECK(said(false));
    w.pause();  // RFC 8628 knows no such member
    w.pass(5s);
    CHECK(w.get<situation::Showing>().opened);
    CHECK(w.changes == changes + 1);
    w.login->moreTime();
    w.pass(5s);
    CHECK_FALSE(w.get<situation::Showing>().opened);
}

TEST_CASE("each code is asked for in the language of that moment") {
    World w;
    w.begin();
    CHECK(w.gateway.language == "vi");
    w.login->language = "en";
    w.login->moreTime();
    w.pass(5s);
    CHECK(w.gateway.language == "en");
}

TEST_CASE("Retry-After is the least that is waited") {
    World w;
    w.begin();
    const auto shown = w.clock.boot().sinceBoot;
    w.gateway.polls.push_back([](auto& response) {
        test::answerProblem(response, 429);
        response.set_header("Retry-After", "33");
    });
    w.pass(45s);
    CHECK(w.pauses(shown) == std::vector<int>{5, 33, 5});
}

TEST_CASE("a code lives two minutes at most, whatever the gateway says") {  // STANDARDS 3
    World w;
    w.gateway.code["expires_in"] = GENERATE(120, 3600);
    w.begin();
    CHECK(w.login->secondsLeft() == 120);
    w.pass(119s);
    CHECK(w.is<situation::Showing>());
    w.pass(6s);
    CHECK(w.is<situation::Expired>());
    CHECK(w.held == 0);
    const auto asked = w.gateway.polledAt.size();
    w.pass(10min);
    CHECK(w.gateway.polledAt.size() == asked);
    CHECK(w.gateway.codes == 1);  // STANDARDS 1: only a person asks for another
}

TEST_CASE("approved in the last seconds is approved") {
    World w;
    w.gateway.code["expires_in"] = 12;
    w.gateway.code["interval"] = 6;
    w.begin();
    w.pause();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(12s);
    CHECK(w.is<situation::Approved>());
}

TEST_CASE("at the end of a code one more question is asked, whenever the last one was") {
    World w;
    w.gateway.code["expires_in"] = 12;
    w.begin();
    w.pause();
    w.pause();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(11s);
    CHECK(w.is<situation::Showing>());
    CHECK(w.gateway.polledAt.size() == 2);
    w.pass(1s);
    CHECK(w.is<situation::Approved>());
}

TEST_CASE("more time is a fresh code, up to ten minutes in all") {
    World w;
    w.begin();
    int codes = 1;
    for (int minutes = 0; minutes < 8; minutes += 2) {
        w.pass(118s);
        REQUIRE(w.login->mayHaveMoreTime());
        w.login->moreTime();
        CHECK(w.is<situation::Asking>());
        CHECK(w.held == 1);
        w.pass(2s);  // at its time, one more question
        CHECK(w.gateway.codes == ++codes);
        CHECK(w.login->secondsLeft() == 120);
        CHECK(w.wasRevoked("device_code code-" + std::to_string(codes - 1)));
    }
    w.pass(84s);
    REQUIRE(w.login->mayHaveMoreTime());
    w.login->moreTime();
    w.pass(2s);  // 9 minutes 26 seconds
    CHECK(w.login->secondsLeft() == 34);
    CHECK(w.login->mayHaveMoreTime());
    w.pass(10s);
    CHECK_FALSE(w.login->mayHaveMoreTime());
    w.login->moreTime();
    w.pass(40s);
    CHECK(w.is<situation::Expired>());
    CHECK_FALSE(w.login->mayHaveMoreTime());
    w.begin();  // a person begins anew
    CHECK(w.login->secondsLeft() == 120);
}

TEST_CASE("more time may be asked for when a code has run out") {
    World w;
    w.begin();
    w.pass(130s);
    REQUIRE(w.is<situation::Expired>());
    CHECK(w.login->mayHaveMoreTime());
    w.login->moreTime();
    w.scheduler.settle();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(5s);
    CHECK(w.is<situation::Approved>());
}

TEST_CASE("without a line a login says so") {
    World w;
    SECTION("from the beginning") {
        w.gateway.codeAnswer = [](auto& response) { test::answerHtml(response); };
        w.begin();
        CHECK(w.get<situation::Unreachable>().problem.kind == base::ProblemKind::NotTheGateway);
    }
    SECTION("until the code runs out") {
        w.begin();
        for (int i = 0; i < 10; ++i)
            w.gateway.polls.push_back([](auto& response) { test::answerHtml(response, 504); });
        w.pass(121s);
        CHECK(w.is<situation::Unreachable>());
    }
    SECTION("nobody listens") {
        w.begin();
        w.gateway.http.server.stop();
        w.pass(150s);
        CHECK(w.get<situation::Unreachable>().problem.kind == base::ProblemKind::NoNetwork);
    }
    CHECK(w.held == 0);
}

TEST_CASE("a kiosk that was revoked cannot begin") {
    World w;
    w.gateway.codeAnswer = LoginStub::error({{"error", "unauthorized_client"}});
    w.begin();
    CHECK(w.get<situation::Failed>().problem.kind == base::ProblemKind::Forbidden);
}

TEST_CASE("another issuer than ours is none") {  // OpenID Connect Discovery §4.3
    World w;
    w.gateway.discovery["issuer"] = "https://tram.example.vn/";
    w.begin();
    CHECK(w.get<situation::Failed>().problem.fact("detail") == "issuer");
}

TEST_CASE("a key that rotated between two logins is found") {
    World w;
    w.begin();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(5s);
    REQUIRE(w.is<situation::Approved>());
    w.gateway.mint = test::TokenMint{"key-2"};
    w.begin();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(5s);
    CHECK(w.is<situation::Approved>());
}
