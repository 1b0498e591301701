#pragma once
#include <optional>
#include <string_view>

#include "cap/Alert.h"

namespace tram::cap {

/// §3.3.2: "2026-11-21T09:40:00+07:00" and nothing else: no fraction, and no letter for UTC.
std::optional<base::WallTime> readTime(std::string_view text);
/// The same way, in the city's own offset.
std::string writeTime(base::WallTime time);
/// §3.2.4: pairs "latitude,longitude" with blanks between them, four or more, closed.
std::optional<Polygon> readPolygon(std::string_view text);
/// §3.2.4: "latitude,longitude kilometres".
std::optional<Circle> readCircle(std::string_view text);
/// §3.2.1: no blanks, no commas, none of < and &.
bool isName(std::string_view text);
/// §3.2.1: "sender,identifier,sent" with blanks between them.
std::optional<std::vector<Reference>> readReferences(std::string_view text);
/// RFC 3066 §2.1: "vi", "en-US".
bool isLanguage(std::string_view text);

bool isPoint(const Point& point);
/// Its border counts.
bool contains(const Polygon& polygon, const Point& point);
bool contains(const Circle& circle, const Point& point);

}  // namespace tram::cap
