#include <catch2/catch.hpp>
#include <csignal>

#include "PretendKiosk.h"
#include "oidc/ClientAssertion.h"

using namespace tram;
using namespace tram::test;

namespace {

Reply enrol(LiveCity& city, const std::string& secret, const crypto::SigningKey& key) {
    return city.send({.method = "POST",
                      .path = "/v1/kiosks",
                      .type = "application/json",
                      .body = wire::EnrolmentRequest{secret, key.verifyKey().text()}.toJson()});
}

}  // namespace

TEST_CASE("an enrolment code works once, for one kiosk, and each enrolment has its own prefix") {
    LiveCity city;
    const auto code = wire::EnrolmentCode::parse(city.enrolmentCode());
    REQUIRE(code);
    const auto first = enrol(city, code->secret, crypto::SigningKey::generate());
    CHECK(first.status == 201);
    const auto again = enrol(city, code->secret, crypto::SigningKey::generate());
    CHECK(again.status == 403);
    const auto unknown = enrol(city, "0123456789ABCDEF", crypto::SigningKey::generate());
    CHECK(unknown.status == 403);
    CHECK(unknown.body == again.body);

    PretendKiosk one(city), two(city);
    CHECK(one.place.prefix != two.place.prefix);
    CHECK(one.place.kioskId != two.place.kioskId);
    CHECK(one.place.wardCode == "27154");
    CHECK(one.place.stationName == "Trạm Bàn Cờ 02");
    CHECK(one.place.publicUrl == city.url());
    const auto wrong = city.send(
        {.method = "POST", .path = "/v1/kiosks", .type = "application/json", .body = "{\"secret\":1}"});
    CHECK(wrong.status == 400);
    CHECK(city.logs().find(code->secret) == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the gateway's keys are for its own eyes") {
    LiveCity city;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(city.dataDir()))
        if (entry.is_regular_file()) {
            INFO(entry.path());
            CHECK((entry.status().permissions() & std::filesystem::perms(0077)) ==
                  std::filesystem::perms::none);
        }
}

TEST_CASE("wrong enrolments are budgeted per address") {
    LiveCity city(
        {.demo = false, .config = R"({"connector":"demo-1022","budgets":{"enrolments_per_address":3}})"});
    for (int i = 0; i < 3; ++i)
        CHECK(enrol(city, "0123456789ABCDEF", crypto::SigningKey::generate()).status == 403);
    CHECK(enrol(city, "0123456789ABCDEF", crypto::SigningKey::generate()).status == 429);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a token needs a fresh assertion signed by the enrolled key") {
    // RFC 7523 §3; ARCHITECTURE "The wire"
    LiveCity city;
    PretendKiosk kiosk(city);
    CHECK_FALSE(kiosk.token.empty());
    const auto assertion = kiosk.assertion();
    CHECK_FALSE(kiosk.askToken(assertion).empty());
    kiosk.askToken(assertion, 401);  // its jti is spent

    const auto at = base::SystemClock().wall();
    const auto stranger = crypto::SigningKey::generate();
    kiosk.askToken(oidc::ClientAssertion::make(kiosk.place.kioskId, kiosk.place.tokenAudience, at, stranger),
                   401);
    kiosk.askToken(oidc::ClientAssertion::make(kiosk.place.kioskId, "urn:somebody:else", at, kiosk.key), 401);
    kiosk.askToken(oidc::ClientAssertion::make(kiosk.place.kioskId, kiosk.place.tokenAudience,
                                               at - std::chrono::minutes(10), kiosk.key),
                   401);
    kiosk.askToken("eyJhbGciOiJub25lIn0.e30.", 401);
    CHECK(city.send({.method = "POST",
                     .path = "/oauth/token",
                     .type = "application/x-www-form-urlencoded",
                     .body = "grant_type=password&grant_type=client_credentials"})
              .status == 400);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a used assertion stays used and a token stays good when the gateway starts again") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto assertion = kiosk.assertion();
    kiosk.askToken(assertion);
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    city.startGateway();
    kiosk.askToken(assertion, 401);
    CHECK(kiosk.head(std::string(64, 'a')).status == 204);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a revoked kiosk is out at once") {
    LiveCity city;
    PretendKiosk kiosk(city);
    CHECK(kiosk.verdict(kiosk.report().envelope) == "accepted");
    city.tool({"revoke", kiosk.place.kioskId});
    CHECK(kiosk.verdict(kiosk.report().envelope) == "HTTP 401");
    // RFC 6749 §5.2: who has the key is told that it was revoked; who has not learns nothing.
    const auto asked = [&](const crypto::SigningKey& key, int status) {
        kiosk.askToken(oidc::ClientAssertion::make(kiosk.place.kioskId, kiosk.place.tokenAudience,
                                                   base::SystemClock().wall(), key),
                       status);
    };
    asked(kiosk.key, 400);
    asked(crypto::SigningKey::generate(), 401);
    CHECK(city.tool({"kiosks"}).find("revoked") != std::string::npos);
    city.tool({"revoke", kiosk.place.kioskId}, 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
