#include "ui/kit/MapLabels.h"

#include <wx/graphics.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tram::kit {

namespace {

constexpr double kNameAir = 12;  ///< reference pixels around a name

struct Piece {
    map::Pixel from, to;
    double length() const { return std::hypot(to.x - from.x, to.y - from.y); }
};

Piece longest(const map::Path& line) {
    Piece best;
    for (std::size_t at = 1; at < line.size(); ++at)
        if (const Piece piece{line[at - 1], line[at]}; piece.length() > best.length()) best = piece;
    return best;
}

/// Around a level rectangle that was turned about its middle.
Rect around(const map::Pixel& middle, double width, double height, double angle) {
    const double c = std::abs(std::cos(angle)), s = std::abs(std::sin(angle));
    const double w = width * c + height * s, h = width * s + height * c;
    return {static_cast<int>(middle.x - w / 2), static_cast<int>(middle.y - h / 2), static_cast<int>(w) + 1,
            static_cast<int>(h) + 1};
}

}  // namespace

MapLabels::MapLabels(Painter& painter, const Rect& frame)
    : painter_(painter), frame_(frame), face_(faceOf(painter.theme().type(Type::Caption))) {}

bool MapLabels::claim(const Rect& place) {
    const bool free = frame_.Contains(place) && std::ranges::none_of(taken_, [&](const Rect& other) {
                          return other.Intersects(place);
                      });
    if (free) taken_.push_back(place);
    return free;
}

void MapLabels::along(const std::string& name, const map::Path& line, const wxColour& colour) {
    if (written_.contains(name)) return;
    const auto piece = longest(line);
    const double width = painter_.fonts().width(face_, name), height = painter_.fonts().height(face_);
    if (piece.length() < width + 2 * painter_.px(kNameAir)) return;
    double angle = std::atan2(piece.to.y - piece.from.y, piece.to.x - piece.from.x);
    if (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
    if (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
    const map::Pixel middle{(piece.from.x + piece.to.x) / 2, (piece.from.y + piece.to.y) / 2};
    if (!claim(around(middle, width, height, angle))) return;
    written_.insert(name);
    auto& gc = painter_.gc();
    gc.PushState();
    gc.Translate(middle.x, middle.y);
    gc.Rotate(angle);
    painter_.text(name, face_, colour, -width / 2, -height / 2);
    gc.PopState();
}

void MapLabels::at(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour) {
    level(name, middle, room, colour, false);
}

void MapLabels::over(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour) {
    level(name, middle, room, colour, true);
}

void MapLabels::level(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour,
                      bool ground) {
    if (written_.contains(name)) return;
    const double width = painter_.fonts().width(face_, name), height = painter_.fonts().height(face_);
    const int air = ground ? painter_.px(kNameAir) : 0;
    const auto place = around(middle, width, height, 0).Inflate(air, 0);
    if (width + 2 * air > room || !claim(place)) return;
    written_.insert(name);
    if (ground) painter_.fill(place, painter_.theme().colour(Colour::Card), air);
    painter_.text(name, face_, colour, middle.x - width / 2, middle.y - height / 2);
}

}  // namespace tram::kit
