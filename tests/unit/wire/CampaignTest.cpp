#include "wire/Campaign.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"
#include "wire/WardReport.h"

using namespace tram;
using namespace tram::wire;
using nlohmann::json;

namespace {

json told() {
    return json::parse(test::campaigns().toJson());
}
std::string wrong(const json& document) {
    const auto read = Campaigns::parse(document.dump());
    REQUIRE_FALSE(read);
    return std::string(name(read.error().kind)) + " " + std::string(read.error().fact("key"));
}

}  // namespace

TEST_CASE("a campaign is read as it was told, with its sums and who has said nothing yet") {
    const auto read = Campaigns::parse(test::campaigns().toJson());
    REQUIRE(read);
    CHECK(read->toJson() == test::campaigns().toJson());
    const auto& campaign = read->all[0];
    CHECK(campaign.target() == 205);
    CHECK(campaign.counted() == 46);
    REQUIRE(campaign.silent().size() == 1);
    CHECK(campaign.silent()[0]->name == "=Khu phố 4");
    CHECK(campaign.hasGroup("officials"));
    CHECK_FALSE(campaign.hasUnit("Khu phố 9"));
}

TEST_CASE("what a later version adds is passed over, and a later version itself is named") {
    auto wider = told();
    wider["new"] = true;
    wider["campaigns"][0]["weather"] = json::array();
    wider["campaigns"][0]["units"][0]["cells"][0]["bonus"] = 1;
    CHECK(Campaigns::parse(wider.dump()));
    wider["v"] = 2;
    wider["campaigns"] = "elsewhere";
    CHECK(wrong(wider) == "store_too_new v");
    auto plan = json::parse(test::campaignPlan().toJson());
    plan["weather"] = 1;
    CHECK_FALSE(CampaignPlan::parse(plan.dump()));
    plan["v"] = 7;
    CHECK(CampaignPlan::parse(plan.dump()).error().kind == base::ProblemKind::StoreTooNew);
}

TEST_CASE("a campaign that contradicts itself is refused, by the member") {
    auto one = told();
    one["campaigns"][0]["deadline"] = "2026-10-01";
    CHECK(wrong(one) == "malformed deadline");
    one = told();
    one["campaigns"][0]["units"][0]["cells"][0]["group"] = "strangers";
    CHECK(wrong(one) == "malformed group");
    one = told();
    one["campaigns"][0]["units"][1]["name"] = "Khu phố 3";
    CHECK(wrong(one) == "malformed name");
    one = told();
    one["campaigns"][0]["days"][1]["day"] = "2026-11-19";
    CHECK(wrong(one) == "malformed day");
    one = told();
    one["campaigns"][0]["kiosk_group"] = "strangers";
    CHECK(wrong(one) == "malformed kiosk_group");
    one = told();
    one["campaigns"][0]["units"][0]["counted"] = -1;
    CHECK(wrong(one) == "malformed counted");
    one = told();
    for (int i = 0; i < 201; ++i)
        one["campaigns"][0]["units"].push_back(
            {{"name", std::to_string(i)}, {"cells", json::array()}, {"counted", 0}, {"last", ""}});
    CHECK(wrong(one) == "malformed units");
}

TEST_CASE("the largest campaigns there can be are within the bounds of the answer") {
    auto all = test::campaigns();
    auto& campaign = all.all[0];
    campaign.groups.clear();
    for (std::size_t i = 0; i < Campaign::kMostGroups; ++i)
        campaign.groups.push_back({"group-" + std::to_string(i), {"Nhóm", "Group"}});
    campaign.kioskGroup.clear();
    campaign.units.clear();
    for (std::size_t i = 0; i < Campaign::kMostUnits; ++i) {
        Campaign::Unit unit{std::string(300, 'x') + std::to_string(i), {}, 9, "2026-11-20"};
        for (const auto& group : campaign.groups) unit.cells.push_back({group.id, 10'000'000, 10'000'000});
        campaign.units.push_back(std::move(unit));
    }
    all.all.assign(Campaigns::kMostCampaigns, campaign);
    CHECK(Campaigns::parse(all.toJson()));
}

TEST_CASE("help given away from a station is version 2, and all else stays version 1") {
    CHECK(json::parse(test::guideTally().toJson().reveal())["v"] == 1);
    const auto away = json::parse(test::awayTally().toJson().reveal());
    CHECK(away["v"] == 2);
    CHECK(away["away"] == true);
    const auto read = GuideTally::parse(away.dump());
    REQUIRE(read);
    CHECK(read->audience == "members");
    auto first = away;
    first["v"] = 1;
    CHECK_FALSE(GuideTally::parse(first.dump()));
    auto third = away;
    third["v"] = 3;
    CHECK_FALSE(GuideTally::parse(third.dump()));
    auto neither = away;
    neither["away"] = false;
    neither["audience"] = "";
    CHECK_FALSE(GuideTally::parse(neither.dump()));
}

TEST_CASE("a ward's report is read as it was told, and a later version is named") {
    const auto read = WardReport::parse(test::wardReport().toJson());
    REQUIRE(read);
    CHECK(read->toJson() == test::wardReport().toJson());
    auto other = json::parse(test::wardReport().toJson());
    other["rows"][0]["errand"] = "gossip";
    CHECK_FALSE(WardReport::parse(other.dump()));
    other["v"] = 2;
    CHECK(WardReport::parse(other.dump()).error().kind == base::ProblemKind::StoreTooNew);
    other = json::parse(test::wardReport().toJson());
    other["to"] = "2026-11-01";
    CHECK_FALSE(WardReport::parse(other.dump()));
}
