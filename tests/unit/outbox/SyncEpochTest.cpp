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
    const auto later = kiosk.keepMany(3);
    kiosk.run();
    REQUIRE(kiosk.gateway.stored.size() == 5);
    ids.insert(ids.end(), later.begin(), later.end());

    SECTION("noticed by an answer") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        kiosk.gateway.backedUp = 2;
        const auto next = kiosk.keep();
        kiosk.run();
        ids.push_back(next.text());
    }
    SECTION("noticed by the health check") {
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
    SECTION("restored twice while we were away: its numbers are no longer those we were told") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        for (int other = 0; other < 20; ++other) {
            ids.push_back("of another kiosk " + std::to_string(other));
            kiosk.gateway.stored.push_back(ids.back());
        }
        kiosk.gateway.epoch = "epoch-3";
        kiosk.gateway.backedUp = 22;
        ids.push_back(kiosk.keep().text());
        kiosk.run();
    }
    SECTION("put back without a word, in the same epoch: what it has taken has become less") {
        kiosk.gateway.restoreFrom({ids[0]}, kiosk.gateway.epoch);
        kiosk.restart();
        ids.push_back(kiosk.keep().text());
        kiosk.run();
    }
    auto arrived = kiosk.gateway.stored;
    std::ranges::sort(arrived);
    std::ranges::sort(ids);
    CHECK(arrived == ids);
    CHECK(kiosk.waiting() == 0);
    const auto posts = kiosk.gateway.batches.size();
    kiosk.loop->sawEpoch(kiosk.gateway.epoch);
    kiosk.run();
    CHECK(kiosk.gateway.batches.size() == posts);
}

TEST_CASE("delivered ciphertext is kept until a backup has had it for thirty days", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1);
    kiosk.run();
    REQUIRE(kiosk.item(id).number == 1);
    const auto tidyLater = [&](int days) {
        kiosk.clock.advance(std::chrono::hours(24 * days));
        kiosk.run();
        return kiosk.store->find(id)->has_value();
    };
    const auto hear = [&](std::int64_t backedUp) {
        kiosk.gateway.backedUp = backedUp;
        kiosk.keep();
        kiosk.run();
    };
    SECTION("in no backup: never dropped") {
        hear(0);
        CHECK(tidyLater(365));
    }
    SECTION("in a backup: thirty days after we heard of it") {
        CHECK(tidyLater(100));  // not a day of these counts
        hear(1);
        CHECK(tidyLater(29));
        CHECK_FALSE(tidyLater(1));
        CHECK(kiosk.store->list(ItemState::Accepted, 10)->size() == 1);  // the other is in none
    }
    SECTION("each backup lets go of what it holds, in its turn") {
        hear(1);
        CHECK(tidyLater(10));
        hear(2);
        CHECK(tidyLater(19));
        CHECK_FALSE(tidyLater(1));
        CHECK(kiosk.store->list(ItemState::Accepted, 10)->size() == 2);
        CHECK_FALSE(tidyLater(10));
        CHECK(kiosk.store->list(ItemState::Accepted, 10)->size() == 1);
    }
    SECTION("a gateway that claims more than there is is not believed") {
        hear(1'000'000);
        kiosk.keep();
        kiosk.run();
        tidyLater(30);
        // Of the three only what had been taken when it was claimed.
        CHECK(kiosk.store->list(ItemState::Accepted, 10)->size() == 1);
    }
    SECTION("another life of the gateway begins the count anew") {
        hear(2);
        CHECK(tidyLater(29));
        kiosk.gateway.epoch = "epoch-2";
        kiosk.loop->sawEpoch("epoch-2");
        kiosk.run();
        CHECK(kiosk.item(id).number == 2);  // both were offered again, at once
        hear(2);
        CHECK(tidyLater(29));
        CHECK_FALSE(tidyLater(1));
    }
}

TEST_CASE("whatever clock the gateway has, and whenever it is put right", "[sync]") {
    // A backup made while it was years ahead, and what came when it had been put right: once pruned unsaved.
    Kiosk kiosk;
    kiosk.gateway.before = [&](const httplib::Request&, httplib::Response& response) {
        response.set_header("Date", "Fri, 01 Jan 2055 00:00:00 GMT");
        return false;
    };
    const auto ahead = kiosk.keep();
    kiosk.run();
    kiosk.gateway.backedUp = 1;
    kiosk.gateway.before = {};
    const auto after = kiosk.keep();
    kiosk.run();
    kiosk.clock.advance(std::chrono::hours(24 * 29));
    kiosk.run();
    CHECK(kiosk.state(ahead) == ItemState::Accepted);
    kiosk.clock.advance(std::chrono::hours(24 * 400));
    kiosk.run();
    CHECK_FALSE(kiosk.store->find(ahead)->has_value());
    CHECK(kiosk.state(after) == ItemState::Accepted);
}
