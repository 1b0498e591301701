#include "gateway/dossier/DossierDesk.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/Files.h"
#include "gateway/demo/DemoDossiers.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using gateway::DemoDossiers;
using gateway::DossierDesk;
using gateway::DossierOwner;
using gateway::DossierSource;
using gateway::HolidayFile;
using wire::DossierState;

namespace {

const std::string kDossier = "H29.25-260310-0420";
constexpr const char* kTableHeader = "date,kind,name_vi,name_en,source\n";

base::WallTime moment(const std::string& text) {
    base::WallTime time{};
    REQUIRE(base::fromRfc3339(text, time));
    return time;
}
const std::string kThatMonday = "2026-11-30T09:00:00+07:00";

/// A source that says what the test puts there.
struct SourceScript {
    base::Result<std::optional<gateway::DossierRecord>> answer = std::nullopt;
    std::vector<wire::DossierStatus> mine;
    int asked = 0;
};
class ScriptedSource final : public DossierSource {
  public:
    explicit ScriptedSource(SourceScript& script) : script_(script) {}
    base::Result<std::optional<gateway::DossierRecord>> byCode(const std::string&) override {
        ++script_.asked;
        return script_.answer;
    }
    bool knowsOwners() const override { return true; }
    base::Result<std::vector<wire::DossierStatus>> ofOwner(const DossierOwner&) override {
        return script_.mine;
    }
    std::string sourceName() const override { return "Một cửa"; }

  private:
    SourceScript& script_;
};

struct DeskWorld {
    test::TempDir dir;
    SourceScript script;
    std::unique_ptr<DossierDesk> desk;
    DeskWorld() {
        holidays("");
        auto file = HolidayFile::open(dir / "holidays.csv");
        REQUIRE(file);
        desk = std::make_unique<DossierDesk>(DossierDesk::Parts{std::make_unique<ScriptedSource>(script),
                                                                wire::DossierPatterns::make().value(),
                                                                std::move(*file)});
        wire::DossierStatus status;
        status.code = "whatever";
        status.procedure = "Đăng ký";
        status.state = DossierState::InProgress;
        status.promised = "2026-12-04";
        script.answer = std::optional(status);
    }
    void holidays(const std::string& rows) {
        REQUIRE(base::writeFileAtomically(dir / "holidays.csv", kTableHeader + rows));
    }
    wire::DossierStatus& says() { return **script.answer; }
    wire::DossierStatus told(const std::string& now = kThatMonday) {
        const auto found = desk->byCode(kDossier, moment(now));
        REQUIRE(found);
        REQUIRE(*found);
        CHECK(wire::DossierStatus::parse((*found)->toJson()));
        return **found;
    }
};

}  // namespace

TEST_CASE("working days are counted with each answer, by the gateway's own day and the operator's holidays") {
    DeskWorld world;
    CHECK(world.told().workingDays == 4);
    CHECK(world.told().workingDaysRough);
    CHECK(world.told("2026-12-02T09:00:00+07:00").workingDays == 2);
    CHECK(world.told("2026-11-29T23:59:59+07:00").workingDays == 5);
    world.holidays("2026-12-01,holiday,a,b,c\n2026-01-01,known_from,,,\n2026-12-31,known_to,,,\n");
    CHECK(world.told().workingDays == 3);
    CHECK_FALSE(world.told().workingDaysRough);
    world.holidays("nonsense");  // what held before holds on
    CHECK(world.told().workingDays == 3);
}

TEST_CASE("of a dossier that is closed no working days are told") {
    DeskWorld world;
    world.says().state = DossierState::HandedOver;
    CHECK_FALSE(world.told().workingDays);
    CHECK(world.told().promised == "2026-12-04");
}

TEST_CASE("an answer serves again for half a minute and stays of its time, a failure does not") {
    DeskWorld world;
    const auto first = world.told();
    CHECK(first.asOf == "2026-11-30T09:00:00.000+07:00");
    CHECK(first.code == kDossier);
    world.says().state = DossierState::Finished;
    CHECK(world.told("2026-11-30T09:00:29+07:00").state == DossierState::InProgress);
    CHECK(world.told("2026-11-30T09:00:29+07:00").asOf == first.asOf);
    CHECK(world.told("2026-11-30T09:00:30+07:00").state == DossierState::Finished);
    CHECK(world.told("2026-11-30T08:00:00+07:00").asOf ==
          "2026-11-30T08:00:00.000+07:00");  // a clock set back
    CHECK(world.script.asked == 3);
    world.script.answer = base::fail(ProblemKind::Timeout);
    for (int i = 0; i < 2; ++i) {
        const auto silent = world.desk->byCode("H29-260310-0001", moment(kThatMonday));
        REQUIRE_FALSE(silent);
        CHECK(silent.error().kind == ProblemKind::ServerFault);
        CHECK(silent.error().fact("detail") == "source");
    }
    CHECK(world.script.asked == 5);
}

TEST_CASE("what a source says is made to fit, and what cannot be is left out") {
    DeskWorld world;
    auto& status = world.says();
    status.procedure = std::string(3000, 'x') + "\n\x1b[2J\u202e";
    status.office = "  Phòng\tKinh tế ";
    status.said = "not asked for";
    status.received = "1970-01-01T00:00:00Z";
    status.finished = "2199-01-01T00:00:00Z";
    status.promised = "2199-01-01";
    status.rateable = true;
    status.asOf = "2199-01-01T00:00:00Z";
    for (int i = 0; i < 300; ++i)
        status.events.push_back({DossierState::InProgress, "2026-11-20T08:00:00Z", "", ""});
    status.events.push_back({DossierState::Received, "2026-11-19T08:00:00Z", "", ""});
    status.events.push_back({DossierState::Unknown, "2026-11-21T08:00:00Z", "", std::string(2000, 'y')});
    status.events.push_back({DossierState::Received, "yesterday", "", ""});
    status.task = wire::DossierTask{"2026-02-30", std::vector<std::string>(99, "Tờ khai"), -5,
                                    std::string(2000, '1'), ""};
    const auto told = world.told();
    CHECK(told.procedure.size() <= 512);
    CHECK(told.office == "Phòng Kinh tế");
    CHECK(told.said.empty());
    CHECK(told.received.empty());
    CHECK(told.finished.empty());
    CHECK(told.promised.empty());
    CHECK_FALSE(told.workingDays);
    CHECK_FALSE(told.rateable);
    CHECK(told.asOf == "2026-11-30T09:00:00.000+07:00");
    CHECK(told.events.size() == 200);  // the newest
    CHECK(told.events.back().state == DossierState::Unknown);
    REQUIRE(told.task);
    CHECK(told.task->by.empty());
    CHECK(told.task->papers.size() == 40);
    CHECK(told.task->fee == 0);
    CHECK(told.task->paymentQr.empty());
    world.says().task = wire::DossierTask{"", {""}, 0, "", ""};
    CHECK_FALSE(world.told("2026-11-30T10:00:00+07:00").task);
}

TEST_CASE("a resident's list leaves out what could not be looked up") {
    DeskWorld world;
    auto one = world.says();
    one.code = "h29.25 - 260310 - 0420";
    one.received = "2026-11-01T08:00:00+07:00";
    auto newer = one;
    newer.code = "H29.25-260310-0421";
    newer.received = "2026-11-01T02:00:00Z";  // an hour later
    auto odd = one;
    odd.code = "case 7";
    world.script.mine = {one, odd, newer};
    const auto mine = world.desk->ofOwner({}, moment(kThatMonday));
    REQUIRE(mine);
    REQUIRE(mine->dossiers.size() == 2);
    CHECK(mine->dossiers[0].code == "H29.25-260310-0421");
    CHECK(mine->dossiers[1].code == kDossier);
    CHECK(wire::MyDossiers::parse(mine->toJson()));
}

TEST_CASE("a city without a source has nobody who answers") {
    const test::TempDir dir;
    REQUIRE(base::writeFileAtomically(dir / "h.csv", kTableHeader));
    DossierDesk desk(
        {nullptr, wire::DossierPatterns::make().value(), std::move(*HolidayFile::open(dir / "h.csv"))});
    CHECK_FALSE(desk.connected());
    CHECK_FALSE(desk.byCode(kDossier, moment(kThatMonday)));
    CHECK_FALSE(desk.knowsOwners());
}

TEST_CASE("a table of holidays that is wrong keeps the gateway from starting") {
    const test::TempDir dir;
    REQUIRE(base::writeFileAtomically(dir / "h.csv", std::string(kTableHeader) + "2026-02-30,holiday,,,\n"));
    const auto opened = HolidayFile::open(dir / "h.csv");
    REQUIRE_FALSE(opened);
    CHECK(opened.error().fact("line") == "2");
    CHECK(opened.error().fact("key") == "dossiers.holidays");
    CHECK_FALSE(HolidayFile::open(dir / "none.csv"));
}

TEST_CASE("one of the pretend city's dossiers is finished while whoever tries it stands there") {
    test::FakeClock clock;
    auto demo = DemoDossiers::load(std::string(TRAM_SOURCE_DIR) + "/resources/demo", clock);
    REQUIRE(demo);
    const auto stands = [&] { return (*demo)->byCode("H29.168-261118-0200").value().value(); };
    CHECK(stands().state == DossierState::InProgress);
    clock.advance(DemoDossiers::kMovesAfter - std::chrono::seconds(1));
    CHECK(stands().state == DossierState::InProgress);
    clock.advance(std::chrono::seconds(1));
    const auto now = stands();
    CHECK(now.state == DossierState::Finished);
    CHECK(moment(now.finished) <= clock.wall());
    CHECK(moment(now.finished) + std::chrono::seconds(2) > clock.wall());
}

TEST_CASE("the pretend city's dossiers have every state, and are as old on any day") {
    test::FakeClock clock;
    auto demo = DemoDossiers::load(std::string(TRAM_SOURCE_DIR) + "/resources/demo", clock);
    REQUIRE(demo);
    const auto patterns = wire::DossierPatterns::make().value();
    CHECK((*demo)->codes().size() > 400);
    for (const char* day :
         {"2026-11-30T09:00:00+07:00", "2028-02-29T07:00:00+07:00", "2026-12-05T23:30:00+07:00"}) {
        clock.set(moment(day));
        std::set<DossierState> states;
        int late = 0, toPay = 0;
        for (const auto& code : (*demo)->codes()) {
            CAPTURE(day, code);
            CHECK(patterns.read(code).code == code);
            const auto found = (*demo)->byCode(code);
            REQUIRE(found);
            REQUIRE(*found);
            auto status = **found;
            states.insert(status.state);
            REQUIRE_FALSE(status.events.empty());
            CHECK(status.events.back().state == status.state);
            base::WallTime before{};
            for (const auto& event : status.events) {
                const auto when = moment(event.at);
                CHECK(when >= before);
                CHECK(when <= clock.wall());
                before = when;
            }
            status.source = "x";
            CHECK(wire::DossierStatus::parse(status.toJson()));
            const bool open = status.finished.empty() && !status.promised.empty();
            late += open && status.promised < base::toRfc3339(clock.wall()).substr(0, 10) ? 1 : 0;
            if (status.state == DossierState::PaymentAsked) {
                ++toPay;
                CHECK(status.task->fee > 0);
                CHECK(status.task->paymentQr.starts_with("THU-NGHIEM"));
            }
        }
        CHECK(states.size() == 11);
        CHECK(late > 30);
        CHECK(toPay > 20);
    }
}
