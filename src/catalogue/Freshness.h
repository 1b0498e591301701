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

/// Older than it may be shown (Kind::freshDays). `asOf` is what the pack says of itself (RFC 3339); one that
/// does not say is too old.
bool isTooOld(const Kind& kind, const std::string& asOf, base::WallTime now);

}  // namespace tram::catalogue
