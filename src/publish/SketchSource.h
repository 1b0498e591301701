#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "map/Sketch.h"
#include "publish/Row.h"

namespace tram::publish {

/// A sketch map from GeoJSON (RFC 7946): a FeatureCollection with a `note` (what the map is and what it is
/// not, shown with it); features of LineString, MultiLineString, Polygon or MultiPolygon with the members
/// `ground` (Sketch.h) and, if it has one, `name`. Nothing when a fault was told.
std::optional<map::Sketch> readSketch(std::string_view text, const std::string& file, Faults& faults);

}  // namespace tram::publish
