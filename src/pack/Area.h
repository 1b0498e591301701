#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tram::pack {

/// WGS 84, degrees, as in GeoJSON (RFC 7946 §4), latitude first as people say it.
struct Point {
    double latitude = 0, longitude = 0;
    bool operator==(const Point&) const = default;
};

/// Closed: its last point is its first (RFC 7946 §3.1.6).
using Ring = std::vector<Point>;

struct Polygon {
    std::vector<Ring> rings;  ///< the outer one first, then its holes
    bool operator==(const Polygon&) const = default;
};

/// Where something holds: an enrolment area, what was flooded. Without polygons it is none.
struct Area {
    std::vector<Polygon> polygons;
    bool operator==(const Area&) const = default;

    bool empty() const { return polygons.empty(); }
    /// Even-odd over the rings of each polygon. A border that two areas share belongs to one of them.
    bool contains(const Point& place) const;
};

/// Degrees; south ≤ north and west ≤ east. No city of ours lies on the 180th meridian.
struct Box {
    double south = 0, west = 0, north = 0, east = 0;
    bool operator==(const Box&) const = default;

    bool contains(const Point& place) const;
    bool meets(const Box& other) const;
    void widen(const Point& place);
};
std::optional<Box> boxOf(const Area& area);  ///< nothing of an empty one

/// Bounds of an area in a source and in a pack.
constexpr std::size_t kMaxVertices = 10'000, kMaxRings = 500;

/// As it stands in a pack: counts and coordinates in ten-millionths of a degree (a centimetre), each of four
/// bytes, the lowest first: polygons; of each its rings; of each its points, latitude and longitude.
std::string toBytes(const Area& area);
std::optional<Area> areaFromBytes(std::string_view bytes);  ///< nothing unless it is one to the last byte

}  // namespace tram::pack
