#include "LoginWorld.h"

using namespace tram;
using namespace tram::test;
using World = LoginWorld;

TEST_CASE("what the phone or the provider says ends the login, each in its own way") {
    World w;
    w.begin();
    SECTION("declined") {
        w.deny("declined");
        w.pass(5s);
        CHECK(w.is<situation::Declined>());
    }
    SECTION("declined, by RFC 8628 alone") {
        w.next("access_denied");
        w.pass(5s);
        CHECK(w.is<situation::Declined>());
    }
    SECTION("not granted") {
        w.deny("not_granted");
        w.pass(5s);
        CHECK(w.is<situation::NotGranted>());
    }
    SECTION("level") {
        w.deny("level_too_low");
        w.pass(5s);
        CHECK(w.is<situation::LevelTooLow>());
    }
    SECTION("age") {
        w.deny("under_age");
        w.pass(5s);
        CHECK(w.is<situation::UnderAge>());
    }
    SECTION("provider") {
        w.deny("provider_failed");
        w.pass(5s);
        CHECK(w.get<situation::Failed>().problem.fact("detail") == "provider_failed");
    }
    SECTION("expired") {
        w.next("expired_token");
        w.pass(5s);
        CHECK(w.is<situation::Expired>());
    }
    SECTION("a gateway that has begun anew knows the code no more") {
        w.next("invalid_grant");
        w.pass(5s);
        CHECK(w.is<situation::Expired>());
        CHECK(w.login->mayHaveMoreTime());
    }
    CHECK(w.held == 0);
    w.pass(10min);
    CHECK(w.gateway.polledAt.size() == 1);  // and nothing begins again by itself
    CHECK(w.gateway.codes == 1);
    CHECK(w.gateway.revoked.empty());
}

TEST_CASE("any other OAuth error stops") {  // STANDARDS 1
    World w;
    w.begin();
    const std::string error =
        GENERATE("invalid_request", "unauthorized_client", "invalid_client", "server_error", "x");
    w.next(error);
    w.pass(5s);
    CHECK(w.is<situation::Failed>());
    w.pass(2min);
    CHECK(w.gateway.polledAt.size() == 1);
    CHECK(w.wasRevoked("device_code code-1"));
}

TEST_CASE("garbage instead of tokens stops") {
    World w;
    w.begin();
    const std::string body =
        GENERATE("{", "[]", "{}", R"({"access_token":"resident-token"})",
                 R"({"access_token":"a\nb","id_token":"x.y.z","token_type":"Bearer","expires_in":9})",
                 R"({"access_token":"a","access_token":"b","id_token":"x.y.z"})");
    w.gateway.polls.push_back([body](auto& response) { test::answerJson(response, body); });
    w.pass(5s);
    CHECK(w.is<situation::Failed>());
    CHECK(w.held == 0);
}

TEST_CASE("garbage instead of a code fails") {
    World w;
    const auto wrong =
        GENERATE(json{{"expires_in", 0}}, json{{"expires_in", "120"}}, json{{"interval", -1}},
                 json{{"user_code", "a b"}}, json{{"verification_uri_complete", "javascript:alert(1)"}},
                 json{{"scan", "telepathy"}}, json{{"scan", "provider_app"}},
                 json{{"scan", "provider_app"}, {"provider_qr", "Đ"}});
    w.gateway.code.update(wrong);
    w.begin();
    CHECK(w.get<situation::Failed>().problem.kind == base::ProblemKind::BadResponse);
    CHECK(w.held == 0);
}

TEST_CASE("an ID token that does not verify fails, and its session is given back") {
    World w;
    w.gateway.change = GENERATE(
        +[](json c) {
            c["nonce"] = "another-login-of-another-kiosk";
            return c;
        },
        +[](json c) {
            c["iss"] = "https://evil.example";
            return c;
        },
        +[](json c) {
            c["aud"] = c["azp"] = "another-kiosk";
            return c;
        },
        +[](json c) {
            c.erase("name");
            return c;
        });
    w.begin();
    w.gateway.polls.push_back(w.gateway.approved());
    w.pass(5s);
    CHECK(w.is<situation::Failed>());
    w.scheduler.settle();
    CHECK(w.wasRevoked("access_token resident-token"));
    CHECK(w.wasRevoked("device_code code-1"));  // its phone is told that nobody was greeted
}

TEST_CASE("a login that is cancelled cannot be completed by the phone") {  // STANDARDS 3
    World w;
    w.begin();
    w.login->cancel();
    CHECK(w.is<situation::Idle>());
    CHECK(w.held == 0);
    w.scheduler.settle();
    CHECK(w.wasRevoked("device_code code-1"));
    w.pass(5min);
    CHECK(w.gateway.polledAt.empty());
}

TEST_CASE("an approval that comes after the cancelling is given back") {  // STANDARDS 3
    World w;
    w.begin();
    w.gateway.polls.push_back(w.gateway.approved());
    w.hooked.afterNext = [&] { w.login->cancel(); };  // its answer is on its way to the page
    w.pass(5s);
    REQUIRE(w.gateway.polledAt.size() == 1);
    CHECK(w.is<situation::Idle>());
    CHECK(w.wasRevoked("access_token resident-token"));
    CHECK(w.wasRevoked("device_code code-1"));
}

TEST_CASE("a code that arrives after the cancelling is given back") {
    World w;
    w.login->begin();
    w.scheduler.runBackground();
    w.login->cancel();
    w.scheduler.settle();
    CHECK(w.is<situation::Idle>());
    CHECK(w.wasRevoked("device_code code-1"));
}

TEST_CASE("when the login goes away it is cancelled") {
    World w;
    w.begin();
    CHECK(w.held == 1);
    w.login.reset();
    CHECK(w.held == 0);
    w.scheduler.settle();
    CHECK(w.wasRevoked("device_code code-1"));
}
