// STANDARDS 13: a resident goes through login and pictures; then no byte of them is anywhere at the gateway.
#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "PretendPhone.h"
#include "QuietCity.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

TEST_CASE("of a login nothing of the person is in a store, a log, a metric or a temporary file") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    REQUIRE(login.begin().status == 200);
    PretendPhone phone(city);
    phone.logIn(login.userCode, "lan");
    const auto tokens = json::parse(login.poll().body);
    const auto claims = claimsOf(city, tokens.at("id_token"));
    const auto sub = claims.at("sub").get<std::string>();
    const auto sent =
        kiosk.report([&](auto&, auto& report) { report.reporterSubject = base::SecretText(sub); });
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    const auto token = tokens.at("access_token").get<std::string>();
    const auto mine =
        city.send({.path = "/v1/me/reports", .headers = {{"Authorization", "Bearer " + token}}});
    REQUIRE(mine.body.find(sent.code) != mine.body.npos);
    KioskLogin declined(kiosk), open(kiosk);
    declined.begin();
    phone.decline(declined.userCode);
    open.begin();
    phone.agree(open.userCode);

    std::vector<std::string> marks = {
        "Ngọc Lan",       "Trần Thị",     "0900000101",  "0900 000 101",  token,       sub,
        login.deviceCode, login.userCode, open.userCode, open.deviceCode, login.nonce, tokens.at("id_token")};
    marks.push_back(claims.at("personal_number"));
    marks.push_back(claims.at("birthdate"));
    marks.push_back(phone.cookies.begin()->second);
    const auto metrics = city.send({.path = "/metrics"}).body;
    CHECK(metrics.find("tram_logins_total{outcome=\"approved\"} 1") != metrics.npos);
    CHECK(metrics.find("tram_logins_total{outcome=\"declined\"} 1") != metrics.npos);
    const auto dashboard = city.send({.path = "/dashboard/state"}).body;
    city.stopGateway(SIGKILL);  // as it stands in the middle of a session
    const auto all = city.dataDir().parent_path();
    CHECK_FALSE(filesWith(all, kiosk.place.kioskId).empty());  // the search would find it
    for (const auto& mark : marks) {
        INFO(mark);
        CHECK(filesWith(all, mark).empty());
        CHECK(city.logs().find(mark) == std::string::npos);
        CHECK(metrics.find(mark) == metrics.npos);
        CHECK(dashboard.find(mark) == dashboard.npos);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
