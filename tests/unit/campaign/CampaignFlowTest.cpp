#include "campaign/CampaignFlow.h"

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "tests/support/FakeFeedback.h"
#include "tests/support/TempDir.h"
#include "tests/unit/wire/Samples.h"

using namespace tram;
using namespace tram::campaign;
using base::ProblemKind;

namespace {

/// A station of the ward 27154 on 21 November 2026, and what the gateway told it.
struct Station {
    test::FakeKiosk kiosk;
    test::TempDir dir;
    content::WardCampaigns cache{dir.path()};
    std::unique_ptr<CampaignFlow> flow;

    void tell(const std::string& text) {
        REQUIRE(base::makeDirectories(dir / "content"));
        REQUIRE(base::writeFileAtomically(dir / "content/campaigns.json", text));
    }
    void tell(const wire::Campaigns& told = test::campaigns()) { tell(told.toJson()); }
    CampaignFlow& open() {
        flow = std::make_unique<CampaignFlow>("27154", cache, kiosk.box, kiosk.scheduler, kiosk.clock);
        kiosk.scheduler.settle();
        return *flow;
    }
    void pass(base::Millis time) { kiosk.scheduler.advance(time); }
    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow->state());
    }
    std::vector<wire::GuideTally> sealed() {
        std::vector<wire::GuideTally> all;
        for (const auto& item : kiosk.items()) {
            CHECK(item.kind == wire::GuideTally::kKind);
            const auto body = kiosk.body(item);
            CHECK(body.createdAt.find(":00:00.000+07:00") != body.createdAt.npos);
            all.push_back(wire::GuideTally::parse(body.fieldsJson.reveal()).value());
        }
        return all;
    }
};

wire::Campaigns two() {
    auto told = test::campaigns();
    told.all.push_back(told.all.front());
    told.all.back().id = "cong-dan-so";
    return told;
}

constexpr base::Millis kSecond{1000};
const std::string kUnit = "Khu phố 3", kSilent = "=Khu phố 4";

}  // namespace

TEST_CASE("a campaign: what the gateway told last is shown, with how old it is") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(station.is<situation::Showing>());
    REQUIRE(flow.campaign());
    CHECK(flow.campaign()->id == "vneid-2026");
    CHECK(flow.progress().counted == 46);
    CHECK(flow.progress().target == 205);
    CHECK(flow.progress().percent() == 22);
    CHECK(flow.span().begun);
    CHECK(flow.span().daysLeft == 24);
    CHECK(flow.age() >= base::Millis(0));
    const auto before = flow.age();
    station.kiosk.clock.advance(std::chrono::hours(5));
    CHECK(flow.age() == before + std::chrono::hours(5));
    const auto units = flow.units();
    REQUIRE(units.size() == 2);
    CHECK_FALSE(units[0].silent);
    CHECK(units[0].progress.counted == 44);
    CHECK(units[1].silent);
    CHECK(flow.obstacles()[0].reason == "storage");
    CHECK_FALSE(flow.back());
}

TEST_CASE("a campaign: the line has every day until today, those without any too") {
    Station station;
    station.tell();
    const auto line = station.open().line();
    REQUIRE(line.size() == 21);
    CHECK(line.front().day == "2026-11-01");
    CHECK(line.front().count == 0);
    CHECK(line[18].count == 20);
    CHECK(line[19].count == 26);
    CHECK(line.back().day == "2026-11-21");
    const auto& campaign = *station.flow->campaign();
    const auto at = [](const char* day) { return *calendar::dayFrom(day); };
    CHECK(lineOf(campaign, at("2026-10-31")).empty());
    CHECK(lineOf(campaign, at("2027-03-01")).size() == 45);
    CHECK(spanOf(campaign, at("2026-12-15")).daysLeft == 0);
    CHECK_FALSE(spanOf(campaign, at("2026-12-15")).over);
    CHECK(spanOf(campaign, at("2026-12-16")).over);
    CHECK_FALSE(spanOf(campaign, at("2026-10-31")).begun);
}

TEST_CASE("a campaign: one tap counts one help, sealed after ten seconds and not before") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(flow.count(kUnit, "members"));
    CHECK(flow.progress().counted == 47);
    CHECK(flow.units()[0].progress.counted == 45);
    CHECK(flow.line().back().count == 1);
    CHECK(flow.here() == 1);
    CHECK(flow.undoLeft() == CampaignFlow::kUndo);
    station.pass(9 * kSecond);
    CHECK(flow.undoLeft() == kSecond);
    CHECK(station.kiosk.items().empty());
    station.pass(kSecond);
    const auto sealed = station.sealed();
    REQUIRE(sealed.size() == 1);
    CHECK(sealed[0].guide == "vneid");
    CHECK(sealed[0].outcome == "done");
    CHECK(sealed[0].ward == "27154");
    CHECK(sealed[0].group == kUnit);
    CHECK(sealed[0].audience == "members");
    CHECK(sealed[0].away);
    CHECK(sealed[0].helped);
    CHECK_FALSE(flow.undoable());
    CHECK_FALSE(flow.undo());
    CHECK(flow.progress().counted == 47);
}

TEST_CASE("a campaign: a tap is taken back as if it had never been, the last one first") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(flow.count(kUnit, "members"));
    station.pass(4 * kSecond);
    REQUIRE(flow.hinder(kSilent, "", "may-cu"));
    CHECK_FALSE(flow.units()[1].silent);
    CHECK(flow.obstacles().size() == 2);
    REQUIRE(flow.undoable());
    CHECK(flow.undoable()->unit == kSilent);
    CHECK(flow.undo());
    CHECK(flow.units()[1].silent);
    CHECK(flow.obstacles().size() == 1);
    CHECK(flow.undoLeft() == 6 * kSecond);
    CHECK(flow.undo());
    CHECK_FALSE(flow.undo());
    station.pass(60 * kSecond);
    CHECK(station.kiosk.items().empty());
    CHECK(flow.progress().counted == 46);
}

TEST_CASE("a campaign: what stands in the way is told by its reason, and helps nobody") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(flow.hinder(kUnit, "", "storage"));
    CHECK(flow.obstacles()[0].count == 4);
    CHECK(flow.progress().counted == 46);
    CHECK_FALSE(flow.hinder(kUnit, "", "No Slug"));
    CHECK_FALSE(flow.hinder(kUnit, "", ""));
    station.pass(10 * kSecond);
    REQUIRE(station.sealed().size() == 1);
    CHECK(station.sealed()[0].outcome == "not_done:storage");
}

TEST_CASE("a campaign: units, groups and days that are not its own count nothing") {
    Station station;
    station.tell();
    auto& flow = station.open();
    CHECK_FALSE(flow.count("Khu phố 9", "members"));
    CHECK_FALSE(flow.count(kUnit, "strangers"));
    CHECK(flow.count(kUnit, ""));
    CHECK(flow.undo());
    station.kiosk.clock.advance(std::chrono::days(25));
    CHECK(flow.span().over);
    CHECK_FALSE(flow.count(kUnit, "members"));
    station.pass(60 * kSecond);
    CHECK(station.kiosk.items().empty());
}

TEST_CASE("a campaign: who leaves has everything sealed at once, and nothing twice") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(flow.count(kUnit, "members"));
    station.pass(10 * kSecond);
    REQUIRE(flow.count(kUnit, "officials"));
    REQUIRE(flow.count(kSilent, "members"));
    station.flow.reset();
    CHECK(station.sealed().size() == 3);
    station.pass(60 * kSecond);
    CHECK(station.sealed().size() == 3);
}

TEST_CASE("a campaign: a tap counts for the hour it was made in, the last of the last day too") {
    Station station;
    auto told = test::campaigns();
    told.all[0].deadline = "2026-11-21";
    station.tell(told);
    auto& flow = station.open();
    const auto before = station.kiosk.clock.wall();
    base::WallTime last{};
    REQUIRE(base::fromRfc3339("2026-11-21T23:59:55+07:00", last));
    station.kiosk.clock.advance(std::chrono::duration_cast<base::Millis>(last - before));
    REQUIRE(flow.count(kUnit, "members"));
    station.pass(10 * kSecond);
    REQUIRE(station.kiosk.items().size() == 1);
    CHECK(station.kiosk.body(station.kiosk.items()[0]).createdAt == "2026-11-21T23:00:00.000+07:00");
    CHECK_FALSE(flow.count(kUnit, "members"));
}

TEST_CASE("a campaign: what was counted here stands in its figures until the gateway tells anew") {
    Station station;
    station.tell();
    auto& flow = station.open();
    REQUIRE(flow.count(kUnit, "members"));
    station.pass(10 * kSecond);
    station.tell();  // replaced by the same, as an agent may
    station.pass(60 * kSecond);
    CHECK(flow.progress().counted == 47);
    REQUIRE(flow.count(kUnit, "members"));
    auto told = test::campaigns();
    told.asOf = "2026-11-21T10:00:00+07:00";
    told.all[0].units[0].counted = 45;
    station.tell(told);
    // Looked at before the last tap's ten seconds are over: that one is not in it.
    for (int i = 0; i < 9; ++i) station.pass(kSecond);
    station.pass(60 * kSecond);
    CHECK(flow.campaign()->units[0].counted == 45);
    CHECK(station.sealed().size() == 2);
    CHECK(flow.progress().counted >= 47);
}

TEST_CASE("a campaign: one that the gateway tells of no more is left, and what was tapped for it is kept") {
    Station station;
    station.tell(two());
    auto& flow = station.open();
    REQUIRE(station.is<situation::Choosing>());
    CHECK_FALSE(flow.count(kUnit, ""));
    flow.open("cong-dan-so");
    REQUIRE(station.is<situation::Showing>());
    CHECK(flow.count(kUnit, "members"));
    auto told = test::campaigns();
    told.asOf = "2026-11-21T10:00:00+07:00";
    told.all.clear();
    station.tell(told);
    station.pass(60 * kSecond);
    CHECK(station.is<situation::None>());
    CHECK(flow.campaign() == nullptr);
    CHECK(flow.units().empty());
    REQUIRE(station.sealed().size() == 1);
    CHECK(station.sealed()[0].guide == "vneid");
}

TEST_CASE("a campaign: several are chosen from, and left again") {
    Station station;
    station.tell(two());
    auto& flow = station.open();
    flow.open("none-such");
    CHECK(station.is<situation::Choosing>());
    flow.open("vneid-2026");
    CHECK(flow.campaign()->id == "vneid-2026");
    CHECK(flow.count(kUnit, "members"));
    CHECK(flow.here() == 1);
    CHECK(flow.back());
    CHECK(station.is<situation::Choosing>());
    flow.open("cong-dan-so");
    CHECK(flow.here() == 0);
    CHECK(flow.progress().counted == 46);
}

TEST_CASE("a campaign: nothing told, a later gateway's, rubbish and another ward's are told apart") {
    Station station;
    station.open();
    CHECK(station.is<situation::NotTold>());
    auto other = test::campaigns();
    other.ward = "25747";
    station.tell(other);
    station.pass(20 * kSecond);
    CHECK(station.is<situation::NotTold>());
    station.tell(R"({"v": 2, "campaigns": "in another shape"})");
    station.pass(20 * kSecond);
    CHECK(station.is<situation::TooNew>());
    station.tell("{");
    station.pass(20 * kSecond);
    REQUIRE(station.is<situation::Unreadable>());
    CHECK(std::get<situation::Unreadable>(station.flow->state()).problem.kind == ProblemKind::Malformed);
    station.tell();
    station.pass(20 * kSecond);
    CHECK(station.is<situation::Showing>());
    // From here on what can be read no more takes nothing away.
    station.tell(R"({"v": 2})");
    station.pass(20 * kSecond);
    CHECK(station.is<situation::Showing>());
    CHECK(station.flow->progress().counted == 46);
}

TEST_CASE("a campaign: what could not be kept is said, and counted no more") {
    Station station;
    station.tell();
    auto& flow = station.open();
    station.kiosk.store->failures = {ProblemKind::DiskFull};
    REQUIRE(flow.count(kUnit, "members"));
    station.pass(10 * kSecond);
    REQUIRE(flow.notKept());
    CHECK(flow.notKept()->kind == ProblemKind::DiskFull);
    CHECK(flow.progress().counted == 46);
    REQUIRE(flow.count(kUnit, "members"));
    CHECK_FALSE(flow.notKept());
    station.pass(10 * kSecond);
    CHECK(flow.progress().counted == 47);
    CHECK(station.sealed().size() == 1);
}

TEST_CASE("a campaign: two hundred units with long names, each counted for itself") {
    Station station;
    auto told = test::campaigns();
    auto& units = told.all[0].units;
    units.clear();
    for (std::size_t i = 0; i < wire::Campaign::kMostUnits; ++i)
        units.push_back({std::string(397, 'x') + std::to_string(100 + i), {{"members", 10, 0}}, 0, ""});
    station.tell(told);
    auto& flow = station.open();
    REQUIRE(flow.count(units[150].name, "members"));
    const auto now = flow.units();
    REQUIRE(now.size() == 200);
    CHECK(now[150].progress.percent() == 10);
    CHECK(std::ranges::count_if(now, [](const auto& unit) { return unit.silent; }) == 199);
    station.pass(10 * kSecond);
    REQUIRE(station.sealed().size() == 1);
    CHECK(station.sealed()[0].group == units[150].name);
}

TEST_CASE("progress is never called whole before it is") {
    CHECK(Progress{0, 0}.percent() == 0);
    CHECK(Progress{5, 0}.percent() == 0);
    CHECK(Progress{199, 200}.percent() == 99);
    CHECK_FALSE(Progress{199, 200}.reached());
    CHECK(Progress{200, 200}.percent() == 100);
    CHECK(Progress{500, 200}.percent() == 250);
    CHECK(Progress{10'000'000, 1}.percent() == 1'000'000'000);
}
