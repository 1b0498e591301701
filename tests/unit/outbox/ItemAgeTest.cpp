#include "outbox/ItemAge.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::outbox;
using Unit = ItemAge::Unit;

TEST_CASE("an item's age is told in the largest unit that is still exact enough", "[outbox]") {
    const base::WallTime hour{std::chrono::hours(490000)};
    Item exact{.id = base::Uuid::v7(hour)}, coarse{.id = base::Uuid::v7(hour)};
    exact.keptAt = hour + base::Millis(1);
    coarse.keptAt = hour;
    const auto after = [&](const Item& item, std::int64_t seconds) {
        return ageOf(item, item.keptAt + std::chrono::seconds(seconds));
    };
    CHECK(after(exact, -5) == ItemAge{Unit::Seconds, 0});
    CHECK(after(exact, 119) == ItemAge{Unit::Seconds, 119});
    CHECK(after(exact, 120) == ItemAge{Unit::Minutes, 2});
    CHECK(after(exact, 7200) == ItemAge{Unit::Hours, 2});
    CHECK(after(exact, 172800) == ItemAge{Unit::Days, 2});
    // STANDARDS 14: of a report without a name only the hour is known.
    CHECK(after(coarse, 60) == ItemAge{Unit::HoursAtMost, 1});
    CHECK(after(coarse, 7300) == ItemAge{Unit::HoursAtMost, 3});
    CHECK(after(coarse, 172800) == ItemAge{Unit::Hours, 47});
    CHECK(after(coarse, 176400) == ItemAge{Unit::Days, 2});
}
