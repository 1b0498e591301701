#pragma once
#include <optional>
#include <string>
#include <vector>

namespace tram::pack {

/// WGS 84, degrees, as in GeoJSON (RFC 7946 §4), latitude first as people say it.
struct Point {
    double latitude = 0, longitude = 0;
    bool operator==(const Point&) const = default;
};

/// Great-circle metres (haversine, mean radius of the earth); good to half a percent.
double metresBetween(const Point& a, const Point& b);

/// One thing of a kind: a school, a procedure, a bus stop. What its fields mean stands in the catalogue
/// (pack/Kind.h).
struct Entry {
    std::string kind;   ///< "school"
    std::string id;     ///< unique within its kind; stays from pack to pack
    std::string title;  ///< Vietnamese, as published
    std::string ward;   ///< code, or "" for the whole city
    std::optional<Point> place;
    std::string fields;  ///< a JSON object, members as the kind declares them
    /// What it is also found by, never shown: other names, its ward's names now and formerly.
    std::string alsoFoundBy;
    int popularity = 0;  ///< greater comes first among equals
};

}  // namespace tram::pack
