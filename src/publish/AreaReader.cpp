#include "publish/AreaReader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace tram::publish {

namespace {

using nlohmann::json;
using pack::Area;
using pack::Point;
using pack::Polygon;
using pack::Ring;

/// Ten-millionths of a degree, as a pack keeps them: within Vietnam every product below fits 64 bits.
struct Vertex {
    std::int64_t north, east;
    auto operator<=>(const Vertex&) const = default;
};
struct Edge {
    Vertex a, b;
    std::int64_t low() const { return std::min(a.north, b.north); }
    std::int64_t high() const { return std::max(a.north, b.north); }
};

Vertex vertexOf(const Point& place) {
    return {std::llround(place.latitude * 1e7), std::llround(place.longitude * 1e7)};
}

/// On which side of an edge: −1, 0, 1.
int side(const Edge& edge, const Vertex& at) {
    const auto turn = (edge.b.east - edge.a.east) * (at.north - edge.a.north) -
                      (edge.b.north - edge.a.north) * (at.east - edge.a.east);
    return (turn > 0) - (turn < 0);
}

/// Within both, not where one ends.
bool cross(const Edge& one, const Edge& other) {
    if (std::max(one.a.east, one.b.east) < std::min(other.a.east, other.b.east) ||
        std::max(other.a.east, other.b.east) < std::min(one.a.east, one.b.east))
        return false;
    return side(one, other.a) * side(one, other.b) < 0 && side(other, one.a) * side(other, one.b) < 0;
}

/// From south to north; only edges whose latitudes meet are compared.
bool crossesItself(const Polygon& polygon) {
    std::vector<Edge> edges;
    for (const auto& ring : polygon.rings)
        for (std::size_t at = 1; at < ring.size(); ++at)
            edges.push_back({vertexOf(ring[at - 1]), vertexOf(ring[at])});
    std::ranges::sort(edges, {}, &Edge::low);
    for (std::size_t one = 0; one < edges.size(); ++one)
        for (auto other = one + 1; other < edges.size() && edges[other].low() <= edges[one].high(); ++other)
            if (cross(edges[one], edges[other])) return true;
    return false;
}

/// Goes down into the coordinates; `wrong_` is the first thing that is.
class Reader {
  public:
    std::optional<Area> read(const json& polygons, const std::string& path, bool several) {
        Area area;
        if (!several)
            area.polygons.push_back(polygon(polygons, path));
        else
            each(polygons, path,
                 [&](const json& one, const std::string& at) { area.polygons.push_back(polygon(one, at)); });
        if (!wrong_.empty()) return {};
        return area;
    }
    const std::string& wrong() const { return wrong_; }
    const std::string& where() const { return where_; }

  private:
    template <class Take>
    void each(const json& list, const std::string& path, Take take) {
        if (!list.is_array() || list.empty()) return refuse(path, "area");
        for (std::size_t at = 0; at < list.size() && wrong_.empty(); ++at)
            take(list[at], path + '[' + std::to_string(at) + ']');
    }
    Polygon polygon(const json& value, const std::string& path) {
        Polygon polygon;
        each(value, path,
             [&](const json& one, const std::string& at) { polygon.rings.push_back(ring(one, at)); });
        if (wrong_.empty() && crossesItself(polygon)) refuse(path, "ring_crosses");
        return polygon;
    }
    Ring ring(const json& value, const std::string& path) {
        Ring ring;
        if (++rings_ > pack::kMaxRings) refuse(path, "vertices");
        each(value, path, [&](const json& one, const std::string& at) { ring.push_back(point(one, at)); });
        if (!wrong_.empty()) return ring;
        if (ring.size() < 4) refuse(path, "ring_short");
        if (ring.front() != ring.back()) refuse(path, "ring_open");
        return ring;
    }
    /// §3.1.1: longitude first. A third number is a height.
    Point point(const json& value, const std::string& path) {
        if (++vertices_ > pack::kMaxVertices) return refuse(path, "vertices"), Point();
        if (!value.is_array() || value.size() < 2 || !value[0].is_number() || !value[1].is_number())
            return refuse(path, "area"), Point();
        const Point place{value[1], value[0]};
        if (!inVietnam(place))
            refuse(path, inVietnam({place.longitude, place.latitude}) ? "coordinates_swapped" : "in_vietnam");
        return place;
    }
    void refuse(const std::string& path, const char* expected) {
        if (!wrong_.empty()) return;
        wrong_ = expected;
        where_ = path;
    }

    std::string wrong_, where_;
    std::size_t vertices_ = 0, rings_ = 0;
};

}  // namespace

bool inVietnam(const Point& place) {
    return place.latitude > 7 && place.latitude < 24 && place.longitude > 102 && place.longitude < 118;
}

std::optional<Area> readArea(const json& geometry, const Row& row, const std::string& file, Faults& faults) {
    Reader reader;
    static const json kNone;
    const auto coordinates = geometry.find("coordinates");
    auto area = reader.read(coordinates == geometry.end() ? kNone : *coordinates, "geometry.coordinates",
                            geometry.at("type") == "MultiPolygon");
    if (!area) tell(faults, {file, row.number, reader.where(), reader.wrong()});
    return area;
}

}  // namespace tram::publish
