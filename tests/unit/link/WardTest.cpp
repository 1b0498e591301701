// What a kiosk is told of its ward: campaigns, and what was done at its stations.
#include <catch2/catch.hpp>

#include "SignedInLine.h"

using namespace tram;
using base::ProblemKind;
using test::answerJson;
using test::kindOf;
using By = wire::WardReport::By;

namespace {

const std::string kAsOf = "2026-11-21T09:41:07+07:00";

wire::Campaigns someCampaigns() {
    wire::Campaign campaign;
    campaign.id = "vneid-2026";
    campaign.title = {"Cài VNeID", "VNeID for everyone"};
    campaign.guides = {"vneid"};
    campaign.from = "2026-11-01";
    campaign.deadline = "2026-12-15";
    campaign.groups = {{"members", {"Hội viên", "Members"}}};
    campaign.units = {{"Khu phố 3", {{"members", 120, 40}}, 44, "2026-11-20"}};
    return {"27154", kAsOf, {campaign}};
}

}  // namespace

TEST_CASE("a ward's campaigns and its report are asked for with the kiosk's token", "[link]") {
    test::SignedInLine line;
    std::string campaigns = someCampaigns().toJson();
    auto report =
        wire::WardReport{"27154", "2026-11-16", "2026-11-22", By::Day, kAsOf, {{"2026-11-16", "report", 3}}}
            .toJson();
    int status = 200;
    auto& server = line.http.server;
    const auto answer = [&](const std::string& text, httplib::Response& response) {
        if (status != 200) return test::answerProblem(response, status);
        answerJson(response, text);
    };
    server.Get("/v1/campaigns",
               [&](const httplib::Request&, httplib::Response& response) { answer(campaigns, response); });
    server.Get("/v1/reports/ward",
               [&](const httplib::Request&, httplib::Response& response) { answer(report, response); });
    line.http.start();
    const auto ask = [&](By by = By::Day, const std::string& to = "2026-11-22") {
        return line.client->wardReport(by, "2026-11-16", to);
    };

    SECTION("and come as they were told") {
        const auto told = line.client->campaigns();
        REQUIRE(told);
        CHECK(told->toJson() == campaigns);
        CHECK(line.signedIn(line.last()));
        const auto read = ask();
        REQUIRE(read);
        CHECK(read->toJson() == report);
        CHECK(line.last().target == "/v1/reports/ward?by=day&from=2026-11-16&to=2026-11-22");
        CHECK(line.signedIn(line.last()));
    }
    SECTION("of another question, or another form, are not taken") {
        CHECK(kindOf(ask(By::Unit)) == ProblemKind::BadResponse);
        CHECK(kindOf(ask(By::Day, "2026-11-21")) == ProblemKind::BadResponse);
        CHECK(kindOf(ask(By::Day, "today&by=unit")) == ProblemKind::OutOfRange);
        campaigns = report = "{}";
        CHECK(kindOf(line.client->campaigns()) == ProblemKind::BadResponse);
        CHECK(kindOf(ask()) == ProblemKind::BadResponse);
    }
    SECTION("of a later gateway are named") {
        campaigns = report = R"({"v": 2})";
        CHECK(kindOf(line.client->campaigns()) == ProblemKind::StoreTooNew);
        CHECK(kindOf(ask()) == ProblemKind::StoreTooNew);
    }
    SECTION("are refused as the gateway refuses") {
        status = 404;
        CHECK(kindOf(line.client->campaigns()) == ProblemKind::NotFound);
        status = 503;
        CHECK(kindOf(ask()) == ProblemKind::ServerFault);
    }
}
