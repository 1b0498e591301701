#pragma once
#include <string>
#include <string_view>

#include "publish/TableSource.h"

namespace tram::publish {

/// GeoJSON (RFC 7946): a FeatureCollection of Points, Polygons and MultiPolygons (AreaReader.h); a feature's
/// members are columns, its id is `id` unless it has one among them, its place is latitude and longitude.
/// Rows are features, from 1. Lists of texts are the lines of a cell.
Table readGeoJson(std::string_view text, const std::string& file, Faults& faults);

}  // namespace tram::publish
