#include <catch2/catch.hpp>

#include "SignedInLine.h"
#include "wire/Envelope.h"

using namespace tram;
using base::ProblemKind;
using test::answerHtml;
using test::answerJson;
using test::answerProblem;
using test::kindOf;
using Line = test::SignedInLine;

namespace {

/// A gateway that enrols: its answer can be tampered with before and after signing.
struct Enroller {
    wire::EnrolmentAnswer answer() const {
        wire::EnrolmentAnswer answer;
        answer.kioskId = test::kKiosk;
        answer.prefix = "K7M";
        answer.wardCode = "27154";
        answer.stationName = "Trạm Bàn Cờ 02";
        answer.gatewayKey = key.verifyKey().text();
        answer.contentKey = crypto::SigningKey::generate().verifyKey().text();
        answer.tokenAudience = test::kAudience;
        answer.publicUrl = "https://gateway.example.vn";
        answer.sealingKeys = {{crypto::OpeningKey::generate().sealingKey().text(),
                               "2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00"}};
        return answer;
    }
    std::string signedBy(const crypto::SigningKey& signer,
                         std::string type = std::string(wire::EnrolmentAnswer::kPayloadType)) const {
        return wire::Dsse::sign(std::move(type), answer().toJson(), "gateway", signer).toJson();
    }
    wire::EnrolmentCode code() const { return {"0123456789ABCDEF", key.verifyKey().fingerprint()}; }

    crypto::SigningKey key = crypto::SigningKey::generate();
};

}  // namespace

TEST_CASE("enrolment: the code's fingerprint vouches for who answers", "[link]") {
    Line line(false);
    const Enroller gateway;
    const auto kiosk = crypto::SigningKey::generate().verifyKey();
    std::string body, sent;
    line.http.server.Post("/v1/kiosks", [&](const httplib::Request& request, httplib::Response& response) {
        sent = request.body;
        response.status = 201;
        answerJson(response, body);
    });
    line.http.start();

    SECTION("the right gateway") {
        body = gateway.signedBy(gateway.key);
        const auto answer = line.client->enrol(gateway.code(), kiosk);
        REQUIRE(answer);
        CHECK(answer->kioskId == test::kKiosk);
        CHECK(answer->sealingKeys.size() == 1);
        const auto asked = wire::EnrolmentRequest::parse(sent).value();
        CHECK(asked.secret == "0123456789ABCDEF");
        CHECK(asked.kioskKey == kiosk.text());
    }
    SECTION("a stranger with keys of its own") {
        const Enroller stranger;
        body = stranger.signedBy(stranger.key);
        CHECK(kindOf(line.client->enrol(gateway.code(), kiosk)) == ProblemKind::BadSignature);
    }
    SECTION("the gateway's key inside, a stranger's signature outside") {
        body = gateway.signedBy(crypto::SigningKey::generate());
        CHECK(kindOf(line.client->enrol(gateway.code(), kiosk)) == ProblemKind::BadSignature);
    }
    SECTION("something else the gateway has signed") {
        body = gateway.signedBy(gateway.key, "application/vnd.tram.feedback-fields+json");
        CHECK(kindOf(line.client->enrol(gateway.code(), kiosk)) == ProblemKind::BadResponse);
    }
    SECTION("one byte changed") {
        auto dsse = wire::Dsse::parse(gateway.signedBy(gateway.key)).value();
        dsse.payload.replace(dsse.payload.find("K7M"), 3, "K7N");
        body = dsse.toJson();
        CHECK(kindOf(line.client->enrol(gateway.code(), kiosk)) == ProblemKind::BadSignature);
    }
    SECTION("no DSSE at all") {
        body = "{}";
        CHECK(kindOf(line.client->enrol(gateway.code(), kiosk)) == ProblemKind::BadResponse);
    }
}

TEST_CASE("health", "[link]") {
    Line line(false);
    std::function<void(httplib::Response&)> answer;
    line.http.server.Get("/healthz",
                         [&](const httplib::Request&, httplib::Response& response) { answer(response); });
    line.http.start();
    SECTION("well") {
        answer = [](auto& response) {
            answerJson(response, R"({"status":"ok","epoch":"e1","time":"2026-11-21T02:41:07Z"})");
        };
        const auto health = line.client->health();
        REQUIRE(health);
        CHECK(health->epoch == "e1");
        CHECK(base::toRfc3339(health->serverTime).starts_with("2026-11-21T09:41:07"));
    }
    SECTION("unwell") {
        answer = [](auto& response) { answerProblem(response, 503); };
        CHECK(kindOf(line.client->health()) == ProblemKind::ServerFault);
    }
    SECTION("not the gateway") {
        for (const char* body : {"", "{", "[]", "null", "{}", R"({"status":"ok"})",
                                 R"({"status":"ok","epoch":1,"time":"2026-11-21T02:41:07Z"})",
                                 R"({"status":"ok","epoch":"e","time":"now"})",
                                 R"({"status":"captive","epoch":"e","time":"2026-11-21T02:41:07Z"})"}) {
            CAPTURE(body);
            answer = [&](auto& response) { answerJson(response, body); };
            CHECK(kindOf(line.client->health()) == ProblemKind::NotTheGateway);
        }
    }
    SECTION("a captive portal") {
        for (const int status : {200, 302, 307, 401, 403, 404, 511}) {
            CAPTURE(status);
            answer = [&](auto& response) { answerHtml(response, status); };
            CHECK(kindOf(line.client->health()) == ProblemKind::NotTheGateway);
        }
    }
}
