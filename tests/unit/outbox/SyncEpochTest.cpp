#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "SyncKiosk.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
using Kiosk = SyncKiosk;

TEST_CASE("a gateway restored from a backup is offered again what it lost", "[sync]") {  // STANDARDS 9
    Kiosk kiosk;
    auto ids = kiosk.keepMany(2);
    kiosk.run();
    kiosk.clock.advance(std::chrono::hours(2));
    const auto backup = base::toRfc3339(kiosk.clock.wall());
    kiosk.clock.advance(std::chrono::hours(2));
    const auto later = kiosk.keepMany(3);
    kiosk.run();
    REQUIRE(kiosk.gateway.stored.size() == 5);
    ids.insert(ids.end(), later.begin(), later.end());

    SECTION("noticed by an answer that says what is safe") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        kiosk.gateway.backedUpThrough =
            base::toRfc3339(kiosk.client->gatewayTime() - std::chrono::hours(3000));
        const auto next = kiosk.keep();
        kiosk.run();
        ids.push_back(next.text());
    }
    SECTION("noticed by the health check: all is offered") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        kiosk.loop->sawEpoch("epoch-2");
        CHECK(kiosk.waiting() == 5);
        kiosk.run();
    }
    SECTION("nothing known of any backup") {
        kiosk.gateway.restoreFrom({}, "epoch-2");
        ids.push_back(kiosk.keep().text());
        kiosk.run();
    }
    auto arrived = kiosk.gateway.stored;
    std::ranges::sort(arrived);
    std::ranges::sort(ids);
    CHECK(arrived == ids);
    CHECK(kiosk.waiting() == 0);
    const auto posts = kiosk.gateway.batches.size();
    kiosk.loop->sawEpoch("epoch-2");
    kiosk.run();
    CHECK(kiosk.gateway.batches.size() == posts);
}

TEST_CASE("what is safe in a backup is not offered again", "[sync]") {
    Kiosk kiosk;
    kiosk.keepMany(2);
    kiosk.run();
    const auto sentAt = kiosk.client->gatewayTime();
    kiosk.gateway.epoch = "epoch-2";
    kiosk.gateway.backedUpThrough = base::toRfc3339(sentAt + std::chrono::hours(1));
    kiosk.keep();
    kiosk.run();
    CHECK(kiosk.gateway.batches == std::vector<std::size_t>{2, 1});
}

TEST_CASE("delivered ciphertext is kept for thirty days and until it is backed up", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1);
    kiosk.run();
    const auto sentAt = kiosk.client->gatewayTime();
    const auto tidyLater = [&](base::Millis by) {
        kiosk.clock.advance(by);
        kiosk.run();
        return kiosk.store->find(id)->has_value();
    };
    SECTION("not backed up: never dropped") {
        CHECK(tidyLater(std::chrono::hours(24 * 365)));
    }
    SECTION("backed up: once a backup of thirty days later is there") {
        const auto backedUp = [&](int days) {
            return base::toRfc3339(sentAt + std::chrono::hours(24 * days) + std::chrono::hours(1));
        };
        REQUIRE(kiosk.store->setNote("backed_up_through", backedUp(29)));
        CHECK(tidyLater(std::chrono::hours(24 * 29)));
        REQUIRE(kiosk.store->setNote("backed_up_through", backedUp(30)));
        CHECK_FALSE(tidyLater(std::chrono::hours(24)));
    }
    SECTION("backed up, but before it came") {
        REQUIRE(kiosk.store->setNote("backed_up_through", base::toRfc3339(sentAt - std::chrono::hours(1))));
        CHECK(tidyLater(std::chrono::hours(24 * 365)));
    }
}
