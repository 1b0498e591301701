// A ward's campaign between a station and its gateway: what is told, what is tapped, and that it comes once.
#include <catch2/catch.hpp>

#include "LineKiosk.h"
#include "campaign/CampaignFlow.h"
#include "tests/support/FakeScheduler.h"

using namespace tram;
using namespace tram::line;
using campaign::CampaignFlow;

namespace {

constexpr const char* kCampaign = "cong-dan-so-2026";
constexpr const char* kUnit = "Khu phố 6";  // has told of nothing in the demo

/// The page of a member of staff, on the kiosk's own store and what its agent fetched.
struct Page {
    const LineKiosk& kiosk;
    base::SystemClock clock;
    test::FakeScheduler scheduler;
    CampaignFlow flow{"27154", content::WardCampaigns(kiosk.dataDir()), kiosk.outbox(), scheduler, clock};

    explicit Page(const LineKiosk& station) : kiosk(station) {
        scheduler.settle();
        flow.open(kCampaign);
        REQUIRE(flow.campaign());
    }
};

bool isTold(const LineKiosk& kiosk) {
    return test::eventually([&] { return content::WardCampaigns(kiosk.dataDir()).read().has_value(); });
}

/// How the gateway counts that unit now: helped, and obstacles of the whole.
std::pair<std::int64_t, std::int64_t> counted(const LineKiosk& kiosk, const test::LiveCity& city) {
    const auto told = kiosk.line(city.url())->campaigns();
    REQUIRE(told);
    std::int64_t helped = -1, hindered = 0;
    for (const auto& one : told->all) {
        if (one.id != kCampaign) continue;
        for (const auto& unit : one.units)
            if (unit.name == kUnit) helped = unit.counted;
        for (const auto& obstacle : one.obstacles) hindered += obstacle.count;
    }
    return {helped, hindered};
}

wire::Handling helper() {
    return {"S-7K3Q", wire::StaffRole::Helper, "Khu phố 6", std::nullopt};
}

}  // namespace

TEST_CASE("help given away is counted at a station, and once in the ward's figures", "[line]") {
    test::LiveCity city;
    LineKiosk kiosk(city, city.url());
    kiosk.startAgent();
    REQUIRE(isTold(kiosk));
    const auto before = counted(kiosk, city);
    CHECK(before.first == 0);
    kiosk.outbox()->setHandling(helper());
    {
        Page page(kiosk);
        CHECK(page.flow.progress().counted > 100);
        REQUIRE(page.flow.count(kUnit, "residents"));
        REQUIRE(page.flow.count(kUnit, "members"));
        REQUIRE(page.flow.undo());
        REQUIRE(page.flow.hinder(kUnit, "", "may-cu"));
    }
    const std::pair after(before.first + 1, before.second + 1);
    CHECK(test::eventually([&] { return counted(kiosk, city) == after; }));
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
    CHECK(kiosk.stopAgent() == 0);
}

TEST_CASE("a day without any network is counted at home, and once", "[line]") {
    test::LiveCity city;
    FaultProxy proxy(city.nginxPort());
    LineKiosk kiosk(city, proxy.url());
    kiosk.startAgent();
    REQUIRE(isTold(kiosk));
    const auto before = counted(kiosk, city);
    city.cutLine();
    {
        Page page(kiosk);
        for (int i = 0; i < 7; ++i) REQUIRE(page.flow.count(kUnit, "residents"));
        CHECK(page.flow.here() == 7);
    }
    CHECK(kiosk.counts().waiting >= 7);
    kiosk.killAgent();
    kiosk.startAgent();
    city.mendLine();
    const std::pair after(before.first + 7, before.second);
    CHECK(test::eventually([&] { return counted(kiosk, city) == after; }));
    CHECK(test::eventually([&] { return kiosk.counts().waiting == 0; }));
    CHECK(counted(kiosk, city) == after);
    CHECK(kiosk.stopAgent() == 0);
}
