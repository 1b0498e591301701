#pragma once
#include <optional>
#include <string>
#include <vector>

#include "pack/Area.h"

namespace tram::pack {

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
    Area area = {};
};

}  // namespace tram::pack
