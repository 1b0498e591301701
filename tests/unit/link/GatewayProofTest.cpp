#include <catch2/catch.hpp>

#include "SignedInLine.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using Asked = std::vector<std::string>;

namespace {

/// A kiosk that knows whose key to expect, and whoever answers at that address.
struct ExpectantKiosk {
    explicit ExpectantKiosk(const crypto::VerifyKey& expected) {
        link::KioskIdentity identity{kKiosk, kAudience, crypto::SigningKey::generate(), expected};
        client = std::make_unique<link::GatewayClient>(gateway.http.url(), http, clock, std::move(identity));
    }
    FakeClock clock;
    GatewayStub gateway;
    std::shared_ptr<net::HttpClient> http = std::make_shared<net::HttpClient>(net::HttpClient::Options{});
    std::unique_ptr<link::GatewayClient> client;
};

}  // namespace

TEST_CASE("a connection begins with a challenge, and only then is anything told", "[link]") {
    GatewayStub other;
    ExpectantKiosk kiosk(other.key.verifyKey());
    SECTION("a stranger hears nothing: no assertion, no token, no receipt's secret") {
        CHECK(kindOf(kiosk.client->postActions({"{}"})) == ProblemKind::NotTheGateway);
        CHECK(kindOf(kiosk.client->attachmentState(kSha)) == ProblemKind::NotTheGateway);
        CHECK(kindOf(kiosk.client->feedback("K7M3Q9X2TW", base::SecretText("secret"))) ==
              ProblemKind::NotTheGateway);
        CHECK(kindOf(kiosk.client->callOfficer("help")) == ProblemKind::NotTheGateway);
        CHECK(kindOf(kiosk.client->heartbeat({})) == ProblemKind::NotTheGateway);
        CHECK(kindOf(kiosk.client->health()) == ProblemKind::NotTheGateway);
        for (const auto& asked : kiosk.gateway.asked) CHECK(asked == "GET /healthz");
        CHECK(kiosk.gateway.tokens == 0);
    }
    SECTION("the right one: once, while the connection lasts") {
        kiosk.client->expectGateway(kiosk.gateway.key.verifyKey());
        CHECK(kiosk.client->attachmentState(kSha));
        CHECK(kiosk.client->attachmentState(kSha));
        const std::string head = "HEAD /v1/attachments/" + kSha;
        CHECK(kiosk.gateway.asked == Asked{"GET /healthz", "POST /oauth/token", head, head});
        kiosk.http->dropConnections();
        CHECK(kiosk.client->attachmentState(kSha));
        CHECK(kiosk.gateway.asked.size() == 6);
        CHECK(kiosk.gateway.asked[4] == "GET /healthz");
    }
}

TEST_CASE("an old proof proves nothing", "[link]") {
    ExpectantKiosk kiosk(GatewayStub().key.verifyKey());
    kiosk.client->expectGateway(kiosk.gateway.key.verifyKey());
    const auto healthAs = [&](const std::string& epoch, const std::string& proof) {
        return nlohmann::json{
            {"status", "ok"}, {"epoch", epoch}, {"time", "2026-11-21T09:41:07+07:00"}, {"proof", proof}}
            .dump();
    };
    std::string kept;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        const auto text = wire::gatewayProofText(request.get_param_value("challenge"), "epoch-1");
        const auto proof = crypto::toBase64Url(kiosk.gateway.key.sign(crypto::view(text)));
        if (kept.empty()) kept = proof;
        answerJson(response, healthAs("epoch-1", kept));
        return true;
    };
    CHECK(kiosk.client->health());
    CHECK(kindOf(kiosk.client->health()) == ProblemKind::NotTheGateway);

    // Nor does a good proof with another epoch beside it.
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        const auto text = wire::gatewayProofText(request.get_param_value("challenge"), "epoch-1");
        answerJson(response,
                   healthAs("epoch-2", crypto::toBase64Url(kiosk.gateway.key.sign(crypto::view(text)))));
        return true;
    };
    CHECK(kindOf(kiosk.client->health()) == ProblemKind::NotTheGateway);
}

TEST_CASE("a kept connection that dies is proven anew, within the same call", "[link]") {
    ExpectantKiosk kiosk(GatewayStub().key.verifyKey());
    kiosk.client->expectGateway(kiosk.gateway.key.verifyKey());
    int closed = 0;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        // The first proof's connection is not kept; the token's request finds it gone.
        if (request.path == "/healthz" && closed++ == 0) response.set_header("Connection", "close");
        return false;
    };
    CHECK(kiosk.client->attachmentState(kSha));
    CHECK(std::ranges::count(kiosk.gateway.asked, "GET /healthz") == 2);
}
