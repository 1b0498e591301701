#include "link/ResidentLine.h"

#include <catch2/catch.hpp>

#include "base/TrackingCode.h"

#include "tests/support/FakeClock.h"
#include "tests/support/LoginStub.h"

using namespace tram;
using namespace tram::link;
using base::ProblemKind;
using base::SecretText;
using nlohmann::json;
using test::LoginStub;

namespace {

struct World {
    test::FakeClock clock;
    LoginStub gateway{clock};
    std::shared_ptr<ResidentLine> line = gateway.line();
};
template <class T>
ProblemKind kindOf(const base::Result<T>& result) {
    REQUIRE_FALSE(result);
    return result.error().kind;
}
json report() {
    return {{"code", base::TrackingCode::make("K7M", "3Q9X2T")->symbols()},
            {"field", "thoat-nuoc"},
            {"ward", "27154"},
            {"state", "accepted"},
            {"received_at", "2026-11-21T09:00:00+07:00"},
            {"changed_at", "2026-11-21T10:00:00+07:00"}};
}

}  // namespace

TEST_CASE("a code is asked for with the kiosk's own word, at the paths that discovery names") {
    World w;
    const auto code = w.line->deviceCode("AAECAwQFBgcICQoLDA0ODw");
    REQUIRE(code);
    CHECK(code->deviceCode.reveal() == "code-1");
    CHECK(code->userCode == "BDFH-JKLM");
    CHECK(code->qrText() == "https://tram.example.vn/d?code=BDFH-JKLM");
    CHECK(code->expiresIn == std::chrono::seconds{120});
    CHECK(code->interval == std::chrono::seconds{5});
    CHECK(w.gateway.nonce == "AAECAwQFBgcICQoLDA0ODw");
    CHECK(w.gateway.strangers.empty());
}

TEST_CASE("without a link that has the code in it, the plain one is shown") {  // RFC 8628 §3.2
    World w;
    w.gateway.code.erase("verification_uri_complete");
    CHECK(w.line->deviceCode("AAECAwQFBgcICQoLDA0ODw")->qrText() == "https://tram.example.vn/d");
}

TEST_CASE("a discovery document that is not ours is refused") {
    for (const char* key :
         {"issuer", "device_authorization_endpoint", "token_endpoint", "revocation_endpoint", "jwks_uri"})
        for (const json& wrong :
             {json(nullptr), json(""), json(7), json("javascript:alert(1)"), json("https://tram.example.vn"),
              json("https://tram.example.vn/a?b"), json("https://tram.example.vn/a\nX: y")}) {
            World other;
            other.gateway.discovery[key] = wrong;
            if (key == std::string("issuer") && wrong == "https://tram.example.vn") continue;
            CHECK(kindOf(other.line->deviceCode("AAECAwQFBgcICQoLDA0ODw")) == ProblemKind::BadResponse);
            CHECK(other.gateway.codes == 0);
        }
}

TEST_CASE("each answer to a question about a code is what RFC 8628 says") {
    World w;
    REQUIRE(w.line->deviceCode("AAECAwQFBgcICQoLDA0ODw"));
    const auto answer = [&](json body) {
        w.gateway.polls.push_back(LoginStub::error(std::move(body)));
        return w.line->poll(SecretText("code-1"));
    };
    CHECK(std::holds_alternative<poll::Pending>(*answer({{"error", "authorization_pending"}})));
    const auto left = [&](const json& seconds, bool agreed) {
        return answer({{"error", "authorization_pending"}, {"agreed", agreed}, {"expires_in", seconds}});
    };
    CHECK(std::get<poll::Pending>(*left(90, true)).expiresIn == std::chrono::seconds(90));
    CHECK_FALSE(std::get<poll::Pending>(*left(90, false)).expiresIn);
    for (const json& wrong : {json(0), json(-1), json("90"), json(90.5), json(86401), json(nullptr)})
        CHECK(kindOf(left(wrong, true)) == ProblemKind::BadResponse);
    CHECK(std::holds_alternative<poll::SlowDown>(*answer({{"error", "slow_down"}})));
    CHECK(std::holds_alternative<poll::Expired>(*answer({{"error", "expired_token"}})));
    const auto reason = [&](const char* text) {
        return std::get<poll::Denied>(*answer({{"error", "access_denied"}, {"reason", text}})).reason;
    };
    CHECK(reason("declined") == DenialReason::Declined);
    CHECK(reason("not_granted") == DenialReason::NotGranted);
    CHECK(reason("level_too_low") == DenialReason::LevelTooLow);
    CHECK(reason("under_age") == DenialReason::UnderAge);
    CHECK(reason("provider_failed") == DenialReason::ProviderFailed);
    CHECK(reason("unheard of") == DenialReason::Declined);
    CHECK(std::holds_alternative<poll::Expired>(*answer({{"error", "invalid_grant"}})));
    CHECK(kindOf(answer({{"error", "invalid_scope"}})) == ProblemKind::BadResponse);
    CHECK(kindOf(answer({{"error", "invalid_client"}})) == ProblemKind::Unauthorized);
    CHECK(kindOf(answer({{"error", "unauthorized_client"}})) == ProblemKind::Forbidden);
    w.gateway.polls.push_back(w.gateway.approved());
    const auto tokens = w.line->poll(SecretText("code-1"));
    REQUIRE(tokens);
    CHECK(std::get<ResidentTokens>(*tokens).accessToken.reveal() == "resident-token");
    CHECK(std::get<ResidentTokens>(*tokens).lives == std::chrono::minutes{15});
}

TEST_CASE("a resident's token lives a quarter of an hour at most") {
    World w;
    REQUIRE(w.line->deviceCode("AAECAwQFBgcICQoLDA0ODw"));
    w.gateway.polls.push_back([&](auto& response) {
        auto body = w.gateway.tokens();
        body["expires_in"] = 86400;
        body["refresh_token"] = "must-not-be-here";
        test::answerJson(response, body.dump());
    });
    CHECK(std::get<ResidentTokens>(*w.line->poll(SecretText("code-1"))).lives == std::chrono::minutes{15});
}

TEST_CASE("what is opaque is sent as it is, whatever is in it") {
    World w;
    CHECK(w.line->revokeCode(SecretText("a+b&c=d%e f/Đ")));
    CHECK(w.gateway.revoked == std::set<std::string>{"device_code a+b&c=d%e f/Đ"});
    CHECK(w.line->revokeToken(SecretText("resident-token")));
    CHECK(w.gateway.revoked.contains("access_token resident-token"));
}

TEST_CASE("the fresh process ends what the one before it left open, with the kiosk's own token") {
    World w;
    CHECK(w.line->endSessions());
    CHECK(w.gateway.endedBy == "Bearer kiosk-token");
}

TEST_CASE("a resident sees their own reports, with whose word it is and of when") {
    World w;
    w.gateway.reports["reports"].push_back(report());
    const auto mine = w.line->myReports(SecretText("resident-token"));
    REQUIRE(mine);
    CHECK(mine->source == "1022");
    CHECK(mine->asOf == "2026-11-21T09:41:07+07:00");
    REQUIRE(mine->reports.size() == 1);
    CHECK(mine->reports[0].code == report()["code"].get<std::string>());
    CHECK(mine->reports[0].fieldId == "thoat-nuoc");
    CHECK(mine->reports[0].wardCode == "27154");
    CHECK(mine->reports[0].state == wire::FeedbackState::Accepted);
    CHECK(mine->reports[0].changedAt == "2026-11-21T10:00:00+07:00");
    CHECK(kindOf(w.line->myReports(SecretText("ended"))) == ProblemKind::Unauthorized);
    CHECK(kindOf(w.line->myReports(SecretText("a\r\nX: y"))) == ProblemKind::OutOfRange);
}

TEST_CASE("a survey's token is asked for as the resident, and what is no answer of the API is refused") {
    World w;
    std::string asked;
    json answer = {
        {"evaluated", std::string(43, 'e')}, {"proof", std::string(86, 'p')}, {"key", std::string(43, 'k')}};
    int status = 200;
    w.gateway.http.server.Post("/v1/surveys/cong-vien.1/token", [&](auto& request, auto& response) {
        if (request.get_header_value("Authorization") != "Bearer resident-token")
            return test::answerProblem(response, 401);
        if (status != 200) return test::answerProblem(response, status);
        asked = request.body;
        test::answerJson(response, answer.dump());
    });
    const auto ask = [&](const char* token = "resident-token") {
        return w.line->surveyToken("cong-vien.1", SecretText(token), "blinded-element");
    };
    const auto token = ask();
    REQUIRE(token);
    CHECK(json::parse(asked) == json{{"blinded", "blinded-element"}});
    CHECK(token->evaluated == std::string(43, 'e'));
    CHECK(token->proof == std::string(86, 'p'));
    CHECK(token->key == std::string(43, 'k'));
    CHECK(kindOf(ask("ended")) == ProblemKind::Unauthorized);
    CHECK(kindOf(ask("a\r\nX: y")) == ProblemKind::OutOfRange);
    CHECK(kindOf(w.line->surveyToken("a/b", SecretText("resident-token"), "x")) == ProblemKind::OutOfRange);
    status = 409;
    CHECK(kindOf(ask()) == ProblemKind::Conflict);
    status = 200;
    answer.erase("proof");
    CHECK(kindOf(ask()) == ProblemKind::BadResponse);
}

TEST_CASE("a resident sees their own dossiers") {
    World w;
    CHECK(kindOf(w.line->myDossiers(SecretText("resident-token"))) == ProblemKind::NotFound);
    wire::DossierStatus one;
    one.code = "H29.25-260310-0420";
    one.asOf = "2026-11-21T09:41:07+07:00";
    w.gateway.dossiers = wire::MyDossiers{{one}, "demo", one.asOf}.toJson();
    const auto mine = w.line->myDossiers(SecretText("resident-token"));
    REQUIRE(mine);
    REQUIRE(mine->dossiers.size() == 1);
    CHECK(mine->dossiers[0].code == one.code);
    CHECK(mine->source == "demo");
    CHECK(kindOf(w.line->myDossiers(SecretText("ended"))) == ProblemKind::Unauthorized);
    CHECK(kindOf(w.line->myDossiers(SecretText("a\r\nX: y"))) == ProblemKind::OutOfRange);
    w.gateway.dossiers = R"({"dossiers":[{}],"source":"demo","as_of":"2026-11-21T09:41:07+07:00"})";
    CHECK(kindOf(w.line->myDossiers(SecretText("resident-token"))) == ProblemKind::BadResponse);
}

TEST_CASE("a list of reports that is none is refused") {
    World w;
    for (const char* key : {"code", "field", "ward", "state", "received_at", "changed_at"}) {
        auto wrong = report();
        wrong[key] = "?";
        w.gateway.reports["reports"] = json::array({wrong});
        CHECK(kindOf(w.line->myReports(SecretText("resident-token"))) == ProblemKind::BadResponse);
    }
    json many = json::array();
    for (int i = 0; i < 101; ++i) many.push_back(report());
    w.gateway.reports["reports"] = many;
    CHECK(kindOf(w.line->myReports(SecretText("resident-token"))) == ProblemKind::BadResponse);
}
