#include "map/View.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tram::map {

namespace {

constexpr double kRadians = std::numbers::pi / 180, kEquator = 2 * std::numbers::pi * 6'378'137;  // metres

double worldSide(int zoom) {
    return std::ldexp(View::kTile, zoom);
}

}  // namespace

View::View(const Point& centre, int zoom, const Size& size)
    : centre_{std::clamp(centre.latitude, -kMostLatitude, kMostLatitude),
              std::clamp(centre.longitude, -180.0, 180.0)},
      zoom_(std::clamp(zoom, kLeastZoom, kMostZoom)),
      size_{std::max(1.0, size.width), std::max(1.0, size.height)} {
    const auto middle = worldOf(centre_);
    corner_ = {middle.x - size_.width / 2, middle.y - size_.height / 2};
}

View View::showing(const Box& box, const Size& size, double margin) {
    View view({(box.south + box.north) / 2, (box.west + box.east) / 2}, kMostZoom, size);
    const auto fits = [&] {
        const auto a = view.toPixel({box.north, box.west}), b = view.toPixel({box.south, box.east});
        return b.x - a.x <= view.size_.width - 2 * margin && b.y - a.y <= view.size_.height - 2 * margin;
    };
    while (!view.widest() && !fits()) view = view.zoomed(-1);
    return view;
}

Pixel View::worldOf(const Point& place) const {
    const double side = worldSide(zoom_);
    const double latitude = std::clamp(place.latitude, -kMostLatitude, kMostLatitude) * kRadians;
    return {side * (place.longitude + 180) / 360,
            side * (0.5 - std::asinh(std::tan(latitude)) / (2 * std::numbers::pi))};
}

Point View::placeOf(const Pixel& world) const {
    const double side = worldSide(zoom_);
    return {std::atan(std::sinh(2 * std::numbers::pi * (0.5 - world.y / side))) / kRadians,
            world.x / side * 360 - 180};
}

Pixel View::toPixel(const Point& place) const {
    const auto world = worldOf(place);
    return {world.x - corner_.x, world.y - corner_.y};
}

Point View::toPoint(const Pixel& at) const {
    return placeOf({corner_.x + at.x, corner_.y + at.y});
}

Box View::box() const {
    const auto corner = toPoint({0, 0}), other = toPoint({size_.width, size_.height});
    return {other.latitude, corner.longitude, corner.latitude, other.longitude};
}

double View::metresPerPixel() const {
    return kEquator * std::cos(centre_.latitude * kRadians) / worldSide(zoom_);
}

/// 1, 2 or 5 and noughts.
ScaleBar View::scaleBar(double mostPixels) const {
    const double most = mostPixels * metresPerPixel();
    int metres = 1;
    for (int ten = 1; ten <= 1'000'000; ten *= 10)
        for (const int step : {1, 2, 5})
            if (ten * step <= most) metres = ten * step;
    return {metres, metres / metresPerPixel()};
}

View View::zoomed(int steps, const Pixel& fixed) const {
    const auto place = toPoint(fixed);
    const View closer(centre_, std::clamp(zoom_ + steps, kLeastZoom, kMostZoom), size_);
    const auto now = closer.toPixel(place);
    return closer.moved({fixed.x - now.x, fixed.y - now.y});
}

View View::zoomed(int steps) const {
    return {centre_, std::clamp(zoom_ + steps, kLeastZoom, kMostZoom), size_};
}

View View::moved(const Pixel& by) const {
    return {toPoint({size_.width / 2 - by.x, size_.height / 2 - by.y}), zoom_, size_};
}

View View::keptIn(const Box& box) const {
    return {{std::clamp(centre_.latitude, box.south, box.north),
             std::clamp(centre_.longitude, box.west, box.east)},
            zoom_,
            size_};
}

View View::resized(const Size& size) const {
    return {centre_, zoom_, size};
}

std::vector<PlacedTile> View::tiles(int zoom) const {
    zoom = std::clamp(zoom, 0, kMostZoom);
    const double side = std::ldexp(kTile, zoom_ - zoom);
    const int last = (1 << zoom) - 1;
    const auto index = [&](double world) {
        return std::clamp(static_cast<int>(std::floor(world / side)), 0, last);
    };
    std::vector<PlacedTile> placed;
    for (int y = index(corner_.y); y <= index(corner_.y + size_.height); ++y)
        for (int x = index(corner_.x); x <= index(corner_.x + size_.width); ++x)
            placed.push_back({{zoom, x, y}, {x * side - corner_.x, y * side - corner_.y}, side});
    return placed;
}

}  // namespace tram::map
