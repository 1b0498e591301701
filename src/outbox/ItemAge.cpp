#include "outbox/ItemAge.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace tram::outbox {

namespace {

constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 86400;

}  // namespace

std::string_view name(ItemAge::Unit unit) {
    static constexpr std::array<std::string_view, 5> kNames{"seconds", "minutes", "hours", "hours_at_most",
                                                            "days"};
    return kNames[static_cast<std::size_t>(unit)];
}

ItemAge ageOf(const Item& item, base::WallTime now) {
    using Unit = ItemAge::Unit;
    auto seconds =
        std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(now - item.keptAt).count());
    if (item.coarse() && seconds < 2 * kDay) return {Unit::HoursAtMost, seconds / kHour + 1};
    if (item.coarse()) seconds -= kHour;
    if (seconds < 2 * kMinute) return {Unit::Seconds, seconds};
    if (seconds < 2 * kHour) return {Unit::Minutes, seconds / kMinute};
    if (seconds < 2 * kDay) return {Unit::Hours, seconds / kHour};
    return {Unit::Days, seconds / kDay};
}

}  // namespace tram::outbox
