#pragma once
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "catalogue/Kind.h"

namespace tram::catalogue {

/// The day in Ho Chi Minh City: "2026-11-29".
std::string today(base::WallTime now);

/// The date in a field of an entry, whose `fields` are JSON as in a pack; "" when it has none.
std::string dateIn(std::string_view fields, const std::string& field);

/// Its last day (Kind::until) has passed; never of a kind, or an entry, without one.
bool isOver(const Kind& kind, std::string_view fields, base::WallTime now);

/// Of when something can be told, by a clock that is behind: two of a day's zones, and no more.
inline constexpr std::chrono::hours kMostAhead{24};

/// Older than it may be shown (Kind::freshDays). `asOf` is what the pack says of itself (RFC 3339); one that
/// does not say is too old, and so is one of more than kMostAhead from `now`: nobody knows its age.
bool isTooOld(const Kind& kind, const std::string& asOf, base::WallTime now);

}  // namespace tram::catalogue
