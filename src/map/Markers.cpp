#include "map/Markers.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tram::map {

namespace {

constexpr int kRings = 12;

bool covers(const Pixel& one, const Pixel& other, double side) {
    return std::max(std::abs(one.x - other.x), std::abs(one.y - other.y)) < side * 0.999;
}

/// Its own place first, then circles around it, each half a diameter wider, from above and to the right.
std::vector<Pixel> candidates(const Pixel& place, double diameter) {
    std::vector<Pixel> all = {place};
    for (int ring = 1; ring <= kRings; ++ring) {
        const int steps = 8 * ring;
        for (int step = 0; step < steps; ++step) {
            const double angle = 2 * std::numbers::pi * step / steps, radius = ring * diameter / 2;
            all.push_back({place.x + radius * std::sin(angle), place.y - radius * std::cos(angle)});
        }
    }
    return all;
}

}  // namespace

std::vector<Marker> placeMarkers(const std::vector<Pixel>& places, double diameter, const Frame& frame) {
    std::vector<Marker> placed;
    const double half = diameter / 2;
    const auto whole = [&](const Pixel& at) {
        return at.x >= frame.from.x + half && at.x <= frame.to.x - half && at.y >= frame.from.y + half &&
               at.y <= frame.to.y - half;
    };
    for (const auto& place : places) {
        const auto all = candidates(place, diameter);
        const auto found = std::ranges::find_if(all, [&](const Pixel& at) {
            return whole(at) && std::ranges::none_of(placed, [&](const Marker& other) {
                       return covers(at, other.at, diameter);
                   });
        });
        const bool free = found != all.end();
        placed.push_back({place, free ? *found : place, free});
    }
    return placed;
}

}  // namespace tram::map
