// STANDARDS 9: clocks that are years off, or jump.
#include <catch2/catch.hpp>

#include "tests/unit/outbox/SyncKiosk.h"

using namespace tram;
using namespace tram::outbox;

namespace {

constexpr const char* kTimes[] = {"1970-01-01T07:00:00+07:00", "2038-01-19T10:14:08+07:00",
                                  "2099-12-31T23:59:59+07:00", "2001-01-01T00:00:00+07:00",
                                  "2026-11-21T09:41:07+07:00"};

std::vector<base::Uuid> due(SyncKiosk& kiosk) {
    std::vector<base::Uuid> ids;
    const auto items = kiosk.store->due(kiosk.clock.boot(), 100).value();
    for (const Item& item : items) ids.push_back(item.id);
    return ids;
}

std::int64_t millisIn(const base::Uuid& id) {
    return std::stoll(id.text().substr(0, 8) + id.text().substr(9, 4), nullptr, 16);
}

}  // namespace

TEST_CASE("whatever the clock says, actions go in the order of keeping, each with its own id", "[outbox]") {
    SyncKiosk kiosk;
    std::vector<base::Uuid> kept;
    for (const char* time : kTimes) {
        kiosk.clock.set(time);
        kept.push_back(kiosk.keep(1));
        // RFC 9562 §5.7; what is told is the clock's time, whatever it is.
        CHECK(millisIn(kept.back()) == kiosk.clock.wall().time_since_epoch().count());
        CHECK(kiosk.item(kept.back()).keptAt == kiosk.clock.wall());
    }
    CHECK(due(kiosk) == kept);
    kiosk.settle();
    for (const auto& id : kept) CHECK(kiosk.state(id) == ItemState::Accepted);
}

TEST_CASE("a wait is a wait on the boot-time clock, wherever the wall clock jumps", "[outbox]") {
    SyncKiosk kiosk;
    const auto id = kiosk.keep();
    auto later = kiosk.clock.boot();
    later.sinceBoot += std::chrono::minutes(5);
    REQUIRE(kiosk.store->markLater(id, later, "server_fault"));
    for (const char* time : kTimes) {
        kiosk.clock.set(time);
        CHECK(due(kiosk).empty());
    }
    kiosk.clock.advance(std::chrono::minutes(5));
    CHECK(due(kiosk).size() == 1);
}

TEST_CASE("no jump of the clock deletes what was delivered", "[outbox]") {
    SyncKiosk kiosk;
    const auto id = kiosk.keep(1);
    kiosk.gateway.backedUp = 1;
    kiosk.settle();
    CHECK(kiosk.item(id).number == 1);
    for (const char* time : kTimes) {
        kiosk.clock.set(time);
        kiosk.clock.advance(std::chrono::hours(2));  // tidied every hour
        kiosk.restart();
        kiosk.run();
        kiosk.run();
        CHECK(kiosk.state(id) == ItemState::Accepted);
        CHECK(kiosk.store->attachmentPath(kiosk.item(id).attachments[0].sha256));
    }
    // Thirty days that this kiosk has lived through are what lets it go, in as many pieces as there were
    // boots.
    for (int day = 0; day < 30; ++day) {
        CHECK(kiosk.state(id) == ItemState::Accepted);
        kiosk.clock.reboot();
        kiosk.restart();
        kiosk.clock.advance(std::chrono::hours(24));
        kiosk.run();
    }
    CHECK_FALSE(kiosk.store->find(id)->has_value());
}
