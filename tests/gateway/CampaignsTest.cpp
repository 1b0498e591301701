// A ward's campaigns: plans from an operator, counted out of what stations tell, for the ward's own stations.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/storage/Schema.h"
#include "gateway/tally/CampaignBook.h"
#include "wire/GuideTally.h"

using namespace tram;
using namespace tram::test;
using gateway::CampaignBook;
using nlohmann::json;
using wire::Campaign;

namespace {

wire::CampaignPlan campaignFor(const std::string& ward, const std::string& id = "cong-dan-so") {
    wire::CampaignPlan plan;
    plan.ward = ward;
    plan.campaign.id = id;
    plan.campaign.title = {"Cài Công dân số", "Công dân số for everyone"};
    plan.campaign.guides = {"cong-dan-so", "vneid"};
    plan.campaign.from = "2026-11-10";
    plan.campaign.deadline = "2026-11-30";
    plan.campaign.groups = {{"officials", {"Cán bộ", "Officials"}},
                            {"residents", {"Người dân", "Residents"}}};
    plan.campaign.kioskGroup = "residents";
    plan.campaign.units = {{"Khu phố 3", {{"officials", 5}, {"residents", 100}}, 0, ""},
                           {"=Khu phố 4", {{"residents", 80}}, 0, ""}};
    return plan;
}

wire::GuideTally away(const std::string& unit, const std::string& audience = "officials",
                      const std::string& outcome = "done") {
    wire::GuideTally tally{"cong-dan-so", "any", outcome, "", unit, true, 0};
    tally.away = true;
    tally.audience = audience;
    return tally;
}

struct CampaignDesk {
    QuietCity quiet;
    CampaignBook& book = quiet.city->campaigns;

    void send(wire::GuideTally tally, const std::string& day = "2026-11-20") {
        tally.ward = quiet.kiosk.ward;
        const auto sealed = quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.kind = wire::GuideTally::kKind;
            body.createdAt = day + "T09:00:00+07:00";
            body.fieldsJson = tally.toJson();
        });
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        const auto wrong = quiet.city->quarantine.find(sealed.id);
        REQUIRE(wrong);
        REQUIRE((!*wrong || (*wrong)->reason.empty()));
    }
    void add(const wire::CampaignPlan& plan) { REQUIRE(book.add(plan)); }
    Campaign only() {
        const auto told = book.told(quiet.kiosk.ward, quiet.clock.wall());
        REQUIRE(told);
        REQUIRE(told->all.size() == 1);
        REQUIRE(wire::Campaigns::parse(told->toJson()));
        return told->all[0];
    }
    std::string refused(const wire::CampaignPlan& plan) {
        const auto added = book.add(plan);
        REQUIRE_FALSE(added);
        return std::string(name(added.error().kind)) + " " + std::string(added.error().fact("key"));
    }
};

std::string characters(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "ố";
    return text;
}

}  // namespace

TEST_CASE("campaigns: help is counted by unit, group and day, and what stands in the way by reason") {
    CampaignDesk desk;
    desk.add(campaignFor(desk.quiet.kiosk.ward));
    desk.send(away("Khu phố 3"), "2026-11-18");
    desk.send(away("Khu phố 3", "residents"));
    auto here = away("Khu phố 3", "");
    here.away = false;
    here.outcome = "installed";
    desk.send(here);                                       // at a station: the kiosk's group
    desk.send(away("Khu phố 3", ""));                      // to nobody of a group
    desk.send(away("Khu phố 9"));                          // of another unit
    desk.send(away("=Khu phố 4", "", "not_done:may-cu"));  // told of something, and helped nobody
    desk.send(away("=Khu phố 4", "residents", "not_done:de-sau"), "2026-11-19");
    desk.send(away("Khu phố 3", "", "not_done:may-cu"));
    desk.send(away("Khu phố 3"), "2026-11-09");  // before it began
    auto other = away("Khu phố 3");
    other.guide = "go-bus";
    desk.send(other);
    const auto campaign = desk.only();
    CHECK(campaign.counted() == 5);
    CHECK(campaign.elsewhere == 1);
    REQUIRE(campaign.units.size() == 2);
    CHECK(campaign.units[0].counted == 4);
    CHECK(campaign.units[0].last == "2026-11-20");
    CHECK(campaign.units[0].cells[0].counted == 1);
    CHECK(campaign.units[0].cells[1].counted == 2);
    CHECK(campaign.units[1].counted == 0);
    CHECK(campaign.units[1].last == "2026-11-20");
    CHECK(campaign.silent().empty());
    REQUIRE(campaign.days.size() == 2);
    CHECK(campaign.days[0].day == "2026-11-18");
    CHECK(campaign.days[0].count == 1);
    CHECK(campaign.days[1].count == 4);
    REQUIRE(campaign.obstacles.size() == 2);
    CHECK(campaign.obstacles[0].reason == "may-cu");
    CHECK(campaign.obstacles[0].count == 2);
}

TEST_CASE("campaigns: a new plan keeps what was counted, a closed one is told to nobody") {
    CampaignDesk desk;
    const auto ward = desk.quiet.kiosk.ward;
    auto plan = campaignFor(ward);
    CHECK(*desk.book.add(plan) == CampaignBook::Added::New);
    desk.send(away("Khu phố 3"));
    plan.campaign.units[0].cells[0].target = 50;
    CHECK(*desk.book.add(plan) == CampaignBook::Added::Replaced);
    CHECK(desk.only().units[0].cells[0].target == 50);
    CHECK(desk.only().counted() == 1);
    CHECK(desk.book.told("25747", desk.quiet.clock.wall())->all.empty());
    REQUIRE(desk.book.close(ward, plan.campaign.id, desk.quiet.clock.wall()));
    CHECK(desk.book.close(ward, plan.campaign.id, desk.quiet.clock.wall()).error().kind ==
          base::ProblemKind::NotFound);
    CHECK(desk.book.told(ward, desk.quiet.clock.wall())->all.empty());
    const auto rows = desk.book.list();
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    CHECK_FALSE((*rows)[0].open);
    desk.add(plan);
    CHECK(desk.only().counted() == 1);
}

TEST_CASE("campaigns: in the order of their deadlines, and as many as a station can be told of") {
    CampaignDesk desk;
    const auto ward = desk.quiet.kiosk.ward;
    for (std::size_t i = 0; i < wire::Campaigns::kMostCampaigns; ++i) {
        auto plan = campaignFor(ward, "c-" + std::to_string(i));
        plan.campaign.deadline = "2026-12-" + std::to_string(30 - i);
        desk.add(plan);
    }
    CHECK(desk.refused(campaignFor(ward, "one-more")) == "too_large campaigns");
    desk.add(campaignFor(ward, "c-3"));
    desk.add(campaignFor("25747", "one-more"));
    const auto told = desk.book.told(ward, desk.quiet.clock.wall());
    REQUIRE(told);
    CHECK(told->all.size() == wire::Campaigns::kMostCampaigns);
    CHECK(told->all.front().id == "c-3");
    CHECK(told->all.back().id == "c-0");
}

TEST_CASE("campaigns: days that do not exist and years of them are refused, by the member") {
    CampaignDesk desk;
    auto plan = campaignFor(desk.quiet.kiosk.ward);
    plan.campaign.deadline = "2026-11-31";
    CHECK(desk.refused(plan) == "out_of_range deadline");
    plan.campaign.deadline = "2027-12-15";
    CHECK(desk.refused(plan) == "out_of_range deadline");
    plan.campaign.deadline = "2027-12-14";
    desk.add(plan);
}

TEST_CASE("campaigns: 200 units with names of 100 characters are counted, each for itself") {
    CampaignDesk desk;
    auto plan = campaignFor(desk.quiet.kiosk.ward);
    plan.campaign.units.clear();
    for (std::size_t i = 0; i < Campaign::kMostUnits; ++i)
        plan.campaign.units.push_back({characters(97) + std::to_string(100 + i), {{"residents", 10}}, 0, ""});
    desk.add(plan);
    for (std::size_t i = 0; i < 20; ++i) desk.send(away(plan.campaign.units[i * 10].name, "residents"));
    const auto campaign = desk.only();
    CHECK(campaign.counted() == 20);
    CHECK(campaign.silent().size() == 180);
    CHECK(campaign.target() == 2000);
    CHECK(campaign.units[190].cells[0].counted == 1);
    CHECK(campaign.units[191].cells[0].counted == 0);
}

TEST_CASE("campaigns: four hundred days of two hundred units are added up, and told in one answer") {
    CampaignDesk desk;
    auto plan = campaignFor(desk.quiet.kiosk.ward);
    plan.campaign.from = "2025-10-27";
    plan.campaign.units.clear();
    for (std::size_t i = 1; i <= Campaign::kMostUnits; ++i)
        plan.campaign.units.push_back({"unit-" + std::to_string(i), {{"residents", 1000}}, 0, ""});
    desk.add(plan);
    desk.quiet.sql(
        *desk.quiet.city->storage.city,
        ("WITH RECURSIVE unit(u) AS (VALUES (1) UNION ALL SELECT u + 1 FROM unit WHERE u < 200), "
         "late(d) AS (VALUES (0) UNION ALL SELECT d + 1 FROM late WHERE d < 399) "
         "INSERT INTO guide_tallies (ward, day, grp, guide, platform, outcome, helped, away, audience, "
         "count, minutes) SELECT '" +
         desk.quiet.kiosk.ward +
         "', date('2025-10-27', d || ' days'), 'unit-' || u, 'vneid', 'any', 'done', 1, 1, "
         "'residents', 2, 0 FROM unit, late")
            .c_str());
    const auto before = std::chrono::steady_clock::now();
    const auto campaign = desk.only();
    std::cout << "80,000 sums of a campaign told in "
              << std::chrono::duration_cast<base::Millis>(std::chrono::steady_clock::now() - before).count()
              << " ms\n";
    CHECK(campaign.counted() == 160'000);
    CHECK(campaign.days.size() == Campaign::kMostDays);
    CHECK(campaign.units[199].cells[0].counted == 800);
    CHECK(campaign.units[0].last == "2026-11-30");
    CHECK(campaign.silent().empty());
}

TEST_CASE("campaigns: sums from before are help at stations, to nobody of a group") {
    TempDir dir;
    const auto file = dir / "gateway.db";
    const auto steps = gateway::cityMigrations();
    {
        auto old = store::Database::open(file, steps.first(15));
        REQUIRE(old);
        old->raw().exec(
            "INSERT INTO guide_tallies (day, ward, grp, guide, platform, outcome, helped, count, minutes) "
            "VALUES ('2026-11-20', '27154', 'Khu phố 3', 'vneid', 'any', 'done', 1, 12, 60)");
    }
    auto now = store::Database::open(file, steps);
    REQUIRE(now);
    SQLite::Statement row(now->raw(),
                          "SELECT ward, day, grp, helped, away, audience, count, minutes FROM guide_tallies");
    REQUIRE(row.executeStep());
    CHECK(row.getColumn(0).getString() == "27154");
    CHECK(row.getColumn(1).getString() == "2026-11-20");
    CHECK(row.getColumn(2).getString() == "Khu phố 3");
    CHECK(row.getColumn(3).getInt() == 1);
    CHECK(row.getColumn(4).getInt() == 0);
    CHECK(row.getColumn(5).getString().empty());
    CHECK(row.getColumn(6).getInt() == 12);
    CHECK(row.getColumn(7).getInt() == 60);
    CHECK_FALSE(row.executeStep());
}

TEST_CASE("campaigns: of hundreds of made-up reasons those told most often are told on") {
    CampaignDesk desk;
    desk.add(campaignFor(desk.quiet.kiosk.ward));
    for (int i = 0; i < 70; ++i) desk.send(away("Khu phố 3", "", "not_done:r-" + std::to_string(i)));
    desk.send(away("Khu phố 3", "", "not_done:may-cu"));
    desk.send(away("Khu phố 3", "", "not_done:may-cu"));
    const auto campaign = desk.only();
    CHECK(campaign.obstacles.size() == Campaign::kMostObstacles);
    CHECK(campaign.obstacles[0].reason == "may-cu");
}

TEST_CASE("campaigns: an operator adds, lists and closes, and the ward's stations alone are told") {
    LiveCity city({.demo = true});
    PretendKiosk kiosk(city);
    const auto told = [&] {
        const auto reply = city.send({.path = "/v1/campaigns", .headers = kiosk.auth()});
        REQUIRE(reply.status == 200);
        const auto read = wire::Campaigns::parse(reply.body);
        REQUIRE(read);
        CHECK(read->ward == kiosk.place.wardCode);
        return *read;
    };
    // The pretend ward has drives of its own, with help given before the demo began.
    const auto demo = told();
    REQUIRE(demo.all.size() == 2);
    CHECK(demo.all[0].id == "vneid-muc-2");
    CHECK(demo.all[1].counted() > 100);
    CHECK(demo.all[1].silent().size() == 2);
    CHECK_FALSE(demo.all[1].obstacles.empty());

    TempDir dir;
    const auto file = (dir / "plan.json").string();
    REQUIRE(base::writeFileAtomically(file, campaignFor(kiosk.place.wardCode, "moi").toJson()));
    CHECK(city.tool({"campaign", "add", file}) == kiosk.place.wardCode + "\tmoi\tadded\n");
    CHECK(city.tool({"campaign", "add", file}) == kiosk.place.wardCode + "\tmoi\treplaced\n");
    CHECK(told().all.size() == 3);
    CHECK(city.tool({"campaign", "list"}).find("\tmoi\topen\t2026-11-10\t2026-11-30\ttarget=185\t") !=
          std::string::npos);
    city.tool({"campaign", "close", kiosk.place.wardCode, "moi"});
    CHECK(told().all.size() == 2);
    city.tool({"campaign", "close", kiosk.place.wardCode, "moi"}, 1);
    // Of another ward: nobody here is told.
    REQUIRE(base::writeFileAtomically(file, campaignFor("25747").toJson()));
    city.tool({"campaign", "add", file});
    CHECK(told().all.size() == 2);
    CHECK(city.send({.path = "/v1/campaigns"}).status == 401);
    CHECK(city.send({.method = "POST", .path = "/v1/campaigns", .outsideContract = true}).status == 405);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("campaigns: a plan of a later version, of no ward, or with a name that is too long is not taken") {
    LiveCity city;
    TempDir dir;
    const auto file = (dir / "plan.json").string();
    const auto add = [&](const json& plan, int code) {
        REQUIRE(base::writeFileAtomically(file, plan.dump()));
        city.tool({"campaign", "add", file}, code);
    };
    auto plan = json::parse(campaignFor("27154", "moi").toJson());
    auto wrong = plan;
    wrong["v"] = 2;
    wrong["weather"] = "fine";
    add(wrong, 78);
    wrong = plan;
    wrong["ward"] = "99999";
    add(wrong, 1);
    wrong = plan;
    wrong["units"][0]["name"] = characters(400);
    add(wrong, 1);
    wrong["units"][0]["name"] = std::string(401, 'x');
    add(wrong, 1);
    CHECK(city.tool({"campaign", "list"}).find("\tmoi\t") == std::string::npos);
    plan["units"][0]["name"] = std::string(400, 'x');
    plan["units"][1]["name"] = characters(100);
    add(plan, 0);
    CHECK(city.tool({"campaign", "list"}).find("\tmoi\topen\t") != std::string::npos);
    city.tool({"campaign", "add", (dir / "none.json").string()}, 1);
}
