// Where dossiers stand, from the pretend city's source, through nginx as deployed.
#include <httplib.h>

#include <catch2/catch.hpp>
#include <iostream>

#include "PretendPhone.h"
#include "Strangers.h"
#include "base/Clock.h"
#include "calendar/WorkingDays.h"
#include "wire/DossierStatus.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

constexpr const char* kKnownDossier = "H29.168-261105-0042";

Reply lookUp(LiveCity& city, const std::string& code, HeaderList headers = {}) {
    return city.send({.path = "/v1/dossiers/" + code, .headers = std::move(headers)});
}

HeaderList dateless(HeaderList headers) {
    headers.erase("Date");
    return headers;
}

std::string guessed(int value) {
    return "H29.99-261105-" + std::to_string(100'000 + value);
}

}  // namespace

TEST_CASE("a dossier's code tells where it stands, and not whose it is") {
    LiveCity city;
    const auto reply = lookUp(city, "h29.168%20%E2%80%93%20261105-0042");
    REQUIRE(reply.status == 200);
    const auto status = wire::DossierStatus::parse(reply.body);
    REQUIRE(status);
    CHECK(status->code == kKnownDossier);
    CHECK(status->state == wire::DossierState::PapersAsked);
    CHECK(status->procedure == "Đăng ký biến động đất đai");
    REQUIRE(status->task);
    CHECK(status->task->papers.size() == 1);
    CHECK(status->source == "Hệ thống giải quyết hồ sơ (giả lập)");
    CHECK_FALSE(status->rateable);
    const auto promised = calendar::dayFrom(status->promised);
    REQUIRE(promised);
    const auto today = calendar::dayInCity(base::SystemClock().wall());
    CHECK(*promised > today);
    REQUIRE(status->workingDays);
    CHECK(*status->workingDays <= 2);  // two of Monday to Friday, fewer where one is a holiday
    CHECK(reply.body.find("Lan") == std::string::npos);
    CHECK(lookUp(city, "H29.26-20261109-0012345").status == 200);  // what the demo's camera shows
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is no dossier looks the same, whyever it is none") {
    LiveCity city;
    const auto first = lookUp(city, "H29.168-261105-0043");
    REQUIRE(first.status == 404);
    for (const auto& code :
         {std::string("G09.20-20260609-0092637"), std::string("H29"), std::string("x"),
          std::string("K7M3Q9X2TW"), std::string(150, '1'), std::string("H29.168-2611-0042")}) {
        CAPTURE(code);
        const auto reply = lookUp(city, code);
        CHECK(reply.status == first.status);
        CHECK(reply.body == first.body);
        CHECK(dateless(reply.headers) == dateless(first.headers));
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a source that does not answer is told apart from a gateway that does not") {
    LiveCity city;
    const auto reply = lookUp(city, "H29.26-261101-0503");
    CHECK(reply.status == 503);
    CHECK(json::parse(reply.body).at("type") == "urn:tram:problem:source_silent");
    CHECK(reply.header("Retry-After") == "15");
    CHECK(city.contractFaults() == std::vector<std::string>{});
    LiveCity none({.demo = false, .config = inService("")});
    CHECK(lookUp(none, kKnownDossier).status == 503);
    CHECK(none.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("whoever guesses at dossiers or reports spends one budget, and is stopped") {
    LiveCity city({.config = R"({"budgets":{"misses_per_address":6,"misses_per_prefix":1000}})",
                   .nginxServer = kBelieveAddresses});
    const auto as = from("203.0.113.7");
    for (int i = 0; i < 2; ++i) CHECK(lookUp(city, guessed(i), as).status == 404);
    for (int i = 0; i < 2; ++i) CHECK(lookUp(city, "nonsense" + std::to_string(i), as).status == 404);
    for (int i = 0; i < 2; ++i)
        CHECK(city.send({.path = "/v1/feedback/" + freshCode("K7M"), .headers = as}).status == 404);
    const auto refused = lookUp(city, guessed(7), as);
    CHECK(refused.status == 429);
    CHECK(lookUp(city, kKnownDossier, as).body == refused.body);
    CHECK(city.send({.path = "/v1/feedback/" + freshCode("K7M"), .headers = as}).status == 429);
    CHECK(lookUp(city, kKnownDossier, from("203.0.113.8")).status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("many addresses that try one organisation's dossiers spend that one's budget") {
    LiveCity city({.config = R"({"budgets":{"misses_per_address":100,"misses_per_prefix":5}})",
                   .nginxServer = kBelieveAddresses});
    for (int i = 0; i < 5; ++i)
        CHECK(lookUp(city, guessed(i), from("203.0.113." + std::to_string(i))).status == 404);
    CHECK(lookUp(city, guessed(9), from("203.0.113.99")).status == 429);
    CHECK(lookUp(city, kKnownDossier, from("203.0.113.99")).status == 200);
}

TEST_CASE("a scripted kiosk is stopped within its hour, whether it misses or finds") {
    LiveCity city({.config = R"({"budgets":{"misses_per_kiosk":300}})"});
    PretendKiosk misses(city), finds(city);
    // Past nginx, which lets a kiosk ask thirty times a second: it is the gateway's count that is looked at.
    httplib::Client line("127.0.0.1", city.gatewayPort());
    line.set_keep_alive(true);
    const auto answers = [&](const PretendKiosk& kiosk, const std::string& code) {
        const auto reply = line.Get("/v1/dossiers/" + code, {{"Authorization", "Bearer " + kiosk.token}});
        return reply ? reply->status : 0;
    };
    int guesses = 0, found = 0;
    while (guesses < 5000 && answers(misses, guessed(guesses)) == 404) ++guesses;
    CHECK(guesses == 300);
    CHECK(answers(misses, kKnownDossier) == 429);
    while (found < 5000 && answers(finds, kKnownDossier) == 200) ++found;
    CHECK(found == 1200);
    CHECK(answers(finds, kKnownDossier) == 429);
    std::cout << "a scripted kiosk is stopped after " << guesses << " wrong guesses an hour, or " << found
              << " dossiers found\n";
}

TEST_CASE("a resident sees their own dossiers, and nobody else's") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto mineOf = [&](const char* person) {
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        PretendPhone phone(city);
        phone.logIn(login.userCode, person);
        const auto token = json::parse(login.poll().body).at("access_token").get<std::string>();
        const auto reply =
            city.send({.path = "/v1/me/dossiers", .headers = {{"Authorization", "Bearer " + token}}});
        REQUIRE(reply.status == 200);
        const auto mine = wire::MyDossiers::parse(reply.body);
        REQUIRE(mine);
        return *mine;
    };
    const auto lan = mineOf("lan"), marie = mineOf("marie");
    CHECK(lan.dossiers.size() == 5);
    CHECK(marie.dossiers.size() == 2);
    for (std::size_t i = 1; i < lan.dossiers.size(); ++i)
        CHECK(lan.dossiers[i].received <= lan.dossiers[i - 1].received);
    CHECK(city.send({.path = "/v1/me/dossiers"}).status == 401);
    CHECK(city.send({.path = "/v1/me/dossiers", .headers = kiosk.auth()}).status == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a dossier's page for phones is the same for every code, and what it needs is there") {
    LiveCity city;
    const auto known = city.send({.path = std::string("/h/") + kKnownDossier}),
               none = city.send({.path = "/h/x"});
    CHECK(known.status == 200);
    CHECK(known.body == none.body);
    CHECK(city.send({.path = "/assets/dossier.js"}).status == 200);
    const auto words = city.send({.path = "/assets/words.js"}).body;
    CHECK(words.find("\"dossier.state.papers_asked\": \"Yêu cầu bổ sung giấy tờ\"") != std::string::npos);
    CHECK(words.find("phone.dossier.silent.text") != std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
