#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <iostream>

#include "Dice.h"
#include "KioskRoom.h"
#include "KioskUnit.h"
#include "Ledger.h"
#include "Report.h"
#include "TempDir.h"
#include "outbox/SqliteOutboxStore.h"

using namespace tram;
using namespace tram::kills;

namespace {

constexpr std::uint32_t kSpeed = 20;

/// A station that is enrolled anew again and again, as after a theft that was none.
struct EnrolledAgain {
    EnrolledAgain() : kiosk(city, dir / "kiosk"), ledger(city.dataDir()), killSwitch(dir / "page") {}

    int enrol(const Plan& plan) {
        const auto code = city.enrolmentCode();
        killSwitch.arm(plan);
        auto tool = kiosk.enrolAnew(killSwitch, code);
        REQUIRE(tool.endedWithin(std::chrono::seconds(60)));
        return *tool.outcome();
    }
    /// A session on whatever enrolment there is: old receipts are known, a new report is kept.
    void session() {
        const base::SystemClock clock;
        const auto store = outbox::SqliteOutboxStore::open(kiosk.dataDir());
        REQUIRE(store);
        const auto outbox = test::openOutbox(kiosk.dataDir(), *store, clock);
        REQUIRE(outbox);
        for (const auto& code : ledger.receipts()) {
            const auto item = (*outbox)->findByCode(*base::TrackingCode::parse(code));
            REQUIRE(item);
            ledger.stands(code, *item ? std::string(name((*item)->state)) : "unknown");
        }
        const auto kept = keepSerial(*outbox, ++serial, clock);
        REQUIRE(kept);
        ledger.acknowledged(serial, kept->code.symbols(), kept->kept.id.text());
    }

    test::TempDir dir;
    test::LiveCity city;
    KioskUnit kiosk;
    Ledger ledger;
    KillSwitch killSwitch;
    std::uint32_t serial = 0;
};

}  // namespace

TEST_CASE("a kiosk is killed anywhere while it is enrolled anew, and keeps its reports and its tongue") {
    test::Dice dice("enrolment kills");
    CAPTURE(dice.seed());
    EnrolledAgain station;
    station.session();
    REQUIRE(station.enrol({.role = Role::Kiosk}) == 0);
    const auto points = station.killSwitch.page().points.load();
    REQUIRE(station.killSwitch.page().seen[static_cast<std::size_t>(Phase::Enrolled)] > 10);
    for (std::uint32_t kill = 0; kill < killsAskedFor(500) / 40; ++kill) {
        const auto nth = dice.between(1, points);
        const auto how = static_cast<How>(dice.between(0, 2));
        CAPTURE(kill, nth, static_cast<int>(how));
        const int ended = station.enrol({.role = Role::Kiosk, .nth = nth, .how = how});
        CHECK(ended == (station.killSwitch.struck() ? -SIGKILL : 0));
        station.session();
        REQUIRE(station.enrol({.role = Role::Kiosk}) == 0);  // its operator, with the next code
        station.session();
    }
    std::cout << fmt::format("{} reports over {} enrolments\n", station.serial, station.serial) << std::flush;
    const bool drained = drain(station.kiosk, station.killSwitch, {.role = Role::Agent, .speed = kSpeed});
    const auto settled = [&] { return test::GatewayBooks::unsettled(station.city.dataDir()) == 0; };
    CHECK(drained);
    CHECK(test::eventually(settled, std::chrono::seconds(30)));
    station.city.stopGateway(SIGTERM);
    station.ledger.closeKiosk(station.kiosk.dataDir());
    station.ledger.close();
    INFO(listed(station.ledger.findings()));
    CHECK(station.ledger.findings().empty());
}
