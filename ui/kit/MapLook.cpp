#include "ui/kit/MapLook.h"

#include <algorithm>

namespace tram::kit {

namespace {

constexpr int kFirstZoom = 16;
constexpr double kMarginShare = 0.12;  ///< of the shorter side, left free around what is to be seen

map::Pixel middleOf(const map::Frame& frame) {
    return {(frame.from.x + frame.to.x) / 2, (frame.from.y + frame.to.y) / 2};
}

}  // namespace

MapLook::MapLook(const map::Point& centre, std::optional<map::Box> bounds, int leastZoom)
    : view_(centre, std::max(kFirstZoom, leastZoom), {1, 1}), bounds_(bounds), leastZoom_(leastZoom) {}

void MapLook::set(const map::View& view) {
    view_ = bounds_ ? view.keptIn(*bounds_) : view;
}

void MapLook::placed(const map::Size& size, const map::Frame& free) {
    free_ = free;
    if (!wanted_) {
        if (view_.size() != size) set(view_.resized(size));
        return keepInSight();
    }
    const map::Size room{free.to.x - free.from.x, free.to.y - free.from.y};
    const auto fitting = map::View::showing(*wanted_, room, kMarginShare * std::min(room.width, room.height));
    const map::View whole(fitting.centre(), std::max(std::min(fitting.zoom(), kClosestShown), leastZoom_),
                          size);
    const auto middle = middleOf(free);
    set(whole.moved({middle.x - size.width / 2, middle.y - size.height / 2}));
    wanted_.reset();
}

bool MapLook::sees(const map::Point& place) const {
    const auto at = view_.toPixel(place);
    return at.x >= free_.from.x && at.x <= free_.to.x && at.y >= free_.from.y && at.y <= free_.to.y;
}

map::Box MapLook::seen() const {
    const auto from = view_.toPoint(free_.from), to = view_.toPoint(free_.to);
    return {to.latitude, from.longitude, from.latitude, to.longitude};
}

void MapLook::zoom(int steps) {
    set(view_.zoomed(std::max(steps, leastZoom_ - view_.zoom()), middleOf(free_)));
    keepInSight();
}

/// Nothing moves further than it must.
void MapLook::keepInSight() {
    if (!kept_) return;
    const double margin = kMarginShare * std::min(free_.to.x - free_.from.x, free_.to.y - free_.from.y);
    const auto at = view_.toPixel(*kept_);
    const auto into = [margin](double value, double from, double to) {
        return std::clamp(value, from + margin, std::max(from + margin, to - margin)) - value;
    };
    set(view_.moved({into(at.x, free_.from.x, free_.to.x), into(at.y, free_.from.y, free_.to.y)}));
}

void MapLook::dropUnseen() {
    if (kept_ && !sees(*kept_)) kept_.reset();
}

void MapLook::moveBy(const map::Pixel& by) {
    set(view_.moved(by));
    dropUnseen();
}

void MapLook::centreOn(const map::Point& place) {
    const auto at = view_.toPixel(place), middle = middleOf(free_);
    set(view_.moved({middle.x - at.x, middle.y - at.y}));
    dropUnseen();
}

}  // namespace tram::kit
