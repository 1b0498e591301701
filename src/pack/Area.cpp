#include "pack/Area.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace tram::pack {

namespace {

constexpr double kPerDegree = 1e7;

/// Whether a line to the north from `place` crosses from `a` to `b`; of two edges that meet on it one does.
bool crosses(const Point& place, const Point& a, const Point& b) {
    if ((a.longitude <= place.longitude) == (b.longitude <= place.longitude)) return false;
    const double along = (place.longitude - a.longitude) / (b.longitude - a.longitude);
    return place.latitude < a.latitude + along * (b.latitude - a.latitude);
}

bool holds(const Polygon& polygon, const Point& place) {
    bool inside = false;
    for (const auto& ring : polygon.rings)
        for (std::size_t at = 1; at < ring.size(); ++at)
            if (crosses(place, ring[at - 1], ring[at])) inside = !inside;
    return inside;
}

void add(std::string& bytes, std::int64_t number) {
    const auto bits = static_cast<std::uint32_t>(number);
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 0xFF);
}

/// What is missing or too much makes it wrong, and everything after it nothing.
class Bytes {
  public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}

    std::uint32_t number() {
        if (rest_.size() < 4) return wrong_ = true, 0;
        std::uint32_t bits = 0;
        for (std::size_t at = 0; at < 4; ++at)
            bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(rest_[at])) << 8 * at;
        rest_.remove_prefix(4);
        return bits;
    }
    std::size_t count(std::size_t most) {
        const auto found = number();
        if (found == 0 || found > most) wrong_ = true;
        return wrong_ ? 0 : found;
    }
    double degrees() { return static_cast<std::int32_t>(number()) / kPerDegree; }
    bool whole() const { return !wrong_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool wrong_ = false;
};

Ring readRing(Bytes& bytes) {
    Ring ring;
    for (auto left = bytes.count(kMaxVertices); left > 0; --left) {
        const double latitude = bytes.degrees();
        ring.push_back({latitude, bytes.degrees()});
    }
    return ring;
}

}  // namespace

bool Area::contains(const Point& place) const {
    return std::ranges::any_of(polygons, [&](const Polygon& polygon) { return holds(polygon, place); });
}

bool Box::contains(const Point& place) const {
    return south <= place.latitude && place.latitude <= north && west <= place.longitude &&
           place.longitude <= east;
}

bool Box::meets(const Box& other) const {
    return south <= other.north && other.south <= north && west <= other.east && other.west <= east;
}

void Box::widen(const Point& place) {
    south = std::min(south, place.latitude);
    north = std::max(north, place.latitude);
    west = std::min(west, place.longitude);
    east = std::max(east, place.longitude);
}

std::optional<Box> boxOf(const Area& area) {
    std::optional<Box> box;
    for (const auto& polygon : area.polygons)
        for (const auto& ring : polygon.rings)
            for (const auto& at : ring) {
                if (!box) box = Box{at.latitude, at.longitude, at.latitude, at.longitude};
                box->widen(at);
            }
    return box;
}

std::string toBytes(const Area& area) {
    std::string bytes;
    add(bytes, static_cast<std::int64_t>(area.polygons.size()));
    for (const auto& polygon : area.polygons) {
        add(bytes, static_cast<std::int64_t>(polygon.rings.size()));
        for (const auto& ring : polygon.rings) {
            add(bytes, static_cast<std::int64_t>(ring.size()));
            for (const auto& at : ring)
                add(bytes, std::llround(at.latitude * kPerDegree)),
                    add(bytes, std::llround(at.longitude * kPerDegree));
        }
    }
    return bytes;
}

std::optional<Area> areaFromBytes(std::string_view text) {
    constexpr std::size_t kMost = 4 * (1 + 2 * kMaxRings + 2 * kMaxVertices);
    if (text.size() > kMost) return {};
    Bytes bytes(text);
    Area area;
    for (auto polygons = bytes.count(kMaxRings); polygons > 0; --polygons) {
        auto& polygon = area.polygons.emplace_back();
        for (auto rings = bytes.count(kMaxRings); rings > 0; --rings)
            polygon.rings.push_back(readRing(bytes));
    }
    if (!bytes.whole()) return {};
    return area;
}

}  // namespace tram::pack
