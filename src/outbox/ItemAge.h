#pragma once
#include <cstdint>
#include <string_view>

#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// How long an item has been kept, as exactly as may be told (Item::coarse).
struct ItemAge {
    enum class Unit { Seconds, Minutes, Hours, HoursAtMost /* it may be as much less */, Days };
    Unit unit = Unit::Seconds;
    std::int64_t count = 0;
    bool operator==(const ItemAge&) const = default;
};
std::string_view name(ItemAge::Unit unit);  ///< "seconds", "hours_at_most", …
ItemAge ageOf(const Item& item, base::WallTime now);

}  // namespace tram::outbox
