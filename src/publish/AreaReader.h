#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "pack/Area.h"
#include "publish/Row.h"

namespace tram::publish {

/// The mainland and the islands, generously.
bool inVietnam(const pack::Point& place);

/// A Polygon or MultiPolygon (RFC 7946 §3.1.6, §3.1.7) of at most kMaxVertices and kMaxRings. Each ring is
/// closed, has four points or more and does not cross itself or another of its polygon; touching is not
/// looked for, nor which way a ring turns, nor whether a hole lies inside. What is wrong is told of `row` in
/// a column such as geometry.coordinates[0][17], once.
std::optional<pack::Area> readArea(const nlohmann::json& geometry, const Row& row, const std::string& file,
                                   Faults& faults);

}  // namespace tram::publish
