// Who may begin a login, who may guess at one, and what is there where there is none.
#include <catch2/catch.hpp>

#include "PretendPhone.h"
#include "Strangers.h"
#include "gateway/http/Problems.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

TEST_CASE("whoever guesses at user codes is soon told nothing more, the right one included") {
    LiveCity city(
        {.config = R"({"budgets":{"user_codes_per_address":5}})", .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone guesser(city, from("203.0.113.9")), resident(city, from("203.0.113.10"));
    const auto unknown = guesser.get("/d?code=BBBB-BBBB");
    CHECK(unknown.status == 404);
    CHECK(guesser.get("/d?code=%27%20OR%201%3D1").body == unknown.body);
    for (int at = 0; at < 3; ++at) CHECK(guesser.get("/d?code=BBBB-BBBC").status == 404);
    CHECK(guesser.get("/d?code=" + login.userCode).status == 429);
    CHECK(guesser.post("/d", {{"code", login.userCode}, {"decision", "decline"}}).status == 429);
    CHECK(resident.logIn(login.userCode, "lan").body.find("Đã xác nhận trên điện thoại") !=
          std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("who has the right code does not pay for the guesses of others behind one address") {
    LiveCity city(
        {.config = R"({"budgets":{"user_codes_per_address":5}})", .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone resident(city, from("203.0.113.9")), guesser(city, from("203.0.113.9"));
    const auto page = resident.get("/d?code=" + login.userCode);
    for (int at = 0; at < 5; ++at) CHECK(guesser.get("/d?code=BBBB-BBBC").status == 404);
    CHECK(guesser.get("/d?code=" + login.userCode).status == 429);
    PretendPhone::Form form{
        {"code", login.userCode}, {"csrf", std::string(64, '0')}, {"decision", "approve"}};
    CHECK(resident.post("/d", form).status == 429);
    form["csrf"] = PretendPhone::field(page, "csrf");
    CHECK(guesser.post("/d", form).status == 429);  // another phone's
    CHECK(resident.post("/d", form).status == 303);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is scanned is no guess, whoever guesses behind the same address") {
    LiveCity city(
        {.config = R"({"budgets":{"user_codes_per_address":5}})", .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city), neighbour(city);
    KioskLogin login(kiosk), other(neighbour);
    login.begin();
    other.begin();
    PretendPhone resident(city, from("203.0.113.9")), guesser(city, from("203.0.113.9"));
    for (int at = 0; at < 5; ++at) CHECK(guesser.get("/d?code=BBBB-BBBC").status == 404);
    // A right code looks like any other, and so does one with another code's key.
    const auto key = login.scanned().substr(login.scanned().find("&k="));
    const auto refused = guesser.get("/d?code=BBBB-BBBC");
    CHECK(refused.status == 429);
    for (const auto& guess : {login.userCode, login.userCode + "&k=", login.userCode + "&k=AAAAAAAAAAA",
                              other.userCode + key, "BBBB-BBBC" + key}) {
        const auto told = guesser.get("/d?code=" + guess);
        CHECK(told.status == 429);
        CHECK(told.body == refused.body);
    }
    const auto page = resident.get(login.scanned());
    CHECK(page.status == 200);
    // The page in the other language is for whoever scanned, too.
    CHECK(page.body.find("/d?code=" + login.userCode + "&amp;k=" + key.substr(3) + "&amp;lang=en") !=
          std::string::npos);
    CHECK(resident.get(login.scanned() + "&lang=en").status == 200);
    CHECK(resident
              .post("/d", {{"code", login.userCode},
                           {"csrf", PretendPhone::field(page, "csrf")},
                           {"decision", "approve"}})
              .status == 303);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a guesser with a site of 65,536 networks runs out, too") {
    LiveCity city({.config = R"({"budgets":{"user_codes_per_address":5,"user_codes_per_site":8}})",
                   .nginxServer = kBelieveAddresses});
    const auto guess = [&](int network, int site) {
        PretendPhone phone(city,
                           from("2001:db8:" + std::to_string(site) + ":" + std::to_string(network) + "::1"));
        return phone.get("/d?code=BBBB-BBBC").status;
    };
    for (int network = 0; network < 8; ++network) CHECK(guess(network, 1) == 404);
    CHECK(guess(9, 1) == 429);
    CHECK(guess(9, 2) == 404);
}

TEST_CASE("who agrees twice goes the second way, and the first leads nowhere") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone phone(city);
    const auto first = phone.agree(login.userCode), second = phone.agree(login.userCode);
    const auto ends = [&](const Reply& way) {
        const auto page = phone.follow(way);
        return phone
            .follow(phone.post("/demo/vneid/authorize", {{"request", PretendPhone::field(page, "request")},
                                                         {"decision", "approve"},
                                                         {"person", "lan"}}))
            .body;
    };
    CHECK(ends(first).find("Đã xác nhận trên điện thoại") == std::string::npos);
    CHECK(ends(second).find("Đã xác nhận trên điện thoại") != std::string::npos);
}

TEST_CASE("a provider that cannot be had is told as what it is") {
    CHECK(json::parse(gateway::problemDocument(502)).at("title") == "Bad Gateway");
}

TEST_CASE("only an enrolled kiosk begins a login, and only as it is asked to") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto asked = [&](const PretendPhone::Form& form) {
        return city.send({.method = "POST",
                          .path = "/oauth/device_authorization",
                          .type = "application/x-www-form-urlencoded",
                          .body = formOf(form)});
    };
    const std::string type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", nonce(43, 'n');
    const auto whole = [&](const std::string& assertion) {
        return PretendPhone::Form{{"scope", "openid profile"},
                                  {"nonce", nonce},
                                  {"client_assertion_type", type},
                                  {"client_assertion", assertion}};
    };
    CHECK(verdictOf(asked({})) == "invalid_request");
    CHECK(verdictOf(asked(whole("eyJhbGciOiJub25lIn0.e30."))) == "invalid_client");
    auto form = whole(kiosk.assertion());
    form["scope"] = "openid offline_access";
    CHECK(verdictOf(asked(form)) == "invalid_scope");
    form = whole(kiosk.assertion());
    form["nonce"] = "short";
    CHECK(verdictOf(asked(form)) == "invalid_request");
    const auto once = whole(kiosk.assertion());
    CHECK(asked(once).status == 200);
    CHECK(verdictOf(asked(once)) == "invalid_client");  // its jti is spent
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("where no provider is connected there is no login, and pretend residents are for demos only") {
    LiveCity city({.demo = false, .config = R"({"connector":"demo-1022"})"});
    PretendKiosk kiosk(city);
    CHECK(city.send({.path = "/.well-known/openid-configuration"}).status == 404);
    CHECK(city.send({.path = "/oauth/jwks"}).status == 404);
    CHECK(KioskLogin(kiosk).begin().status == 404);
    CHECK(city.send({.path = "/d", .outsideContract = true}).status == 404);
    CHECK(city.send({.path = "/demo/vneid/authorize"}).status == 404);
    CHECK(KioskLogin(kiosk).endSessions().status == 204);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what the gateway asks the pretend VNeID nobody outside can ask") {
    LiveCity city;
    for (const auto* path : {"/demo/vneid/token", "/demo/vneid/device", "/demo/vneid/userinfo"})
        for (const auto* method : {"GET", "POST"})
            CHECK(city.send({.method = method, .path = path, .outsideContract = true}).status == 404);
}

TEST_CASE("the discovery document names this gateway as the kiosk knows it") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto reply = city.send({.path = "/.well-known/openid-configuration"});
    REQUIRE(reply.status == 200);
    const auto document = json::parse(reply.body);
    CHECK(document.at("issuer") == kiosk.place.publicUrl);
    for (const auto* endpoint :
         {"device_authorization_endpoint", "token_endpoint", "revocation_endpoint", "jwks_uri"})
        CHECK(document.at(endpoint).get<std::string>().starts_with(city.url() + "/oauth/"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
