#include "pack/Entry.h"

#include <cmath>
#include <numbers>

namespace tram::pack {

double metresBetween(const Point& a, const Point& b) {
    constexpr double kEarth = 6'371'008.8;  // metres, IUGG mean radius
    constexpr double kRadians = std::numbers::pi / 180;
    const double north = std::sin((b.latitude - a.latitude) * kRadians / 2);
    const double east = std::sin((b.longitude - a.longitude) * kRadians / 2);
    const double h =
        north * north + std::cos(a.latitude * kRadians) * std::cos(b.latitude * kRadians) * east * east;
    return 2 * kEarth * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace tram::pack
