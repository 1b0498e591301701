#include <wx/graphics.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "map/Clip.h"
#include "map/Sketch.h"
#include "ui/kit/MapGround.h"
#include "ui/kit/MapLabels.h"

namespace tram::kit {

namespace {

using map::Ground;

/// How a ground is drawn: lines so many reference pixels wide at zoom 16, half as wide a step further away.
struct GroundLook {
    Colour colour;
    double width = 0;
    int fromZoom = 0, namedFrom = 0;  ///< wider views leave it, or its name, out
};
constexpr int kNeverNamed = map::View::kMostZoom + 1;
constexpr std::array<GroundLook, map::kGrounds> kGroundLooks{{{Colour::MapWater, 0, 0, 14},
                                                              {Colour::MapPark, 0, 0, 15},
                                                              {Colour::MapWater, 14, 0, 15},
                                                              {Colour::MapLine, 3, 0, kNeverNamed},
                                                              {Colour::MapStreet, 6, 15, 18},
                                                              {Colour::MapStreet, 13, 13, 16},
                                                              {Colour::MapStreet, 22, 0, 15},
                                                              {Colour::MapLine, 4, 0, kNeverNamed}}};
constexpr int kFullZoom = 16;
constexpr double kLeastWidth = 1.5, kMostGrown = 2;
/// Points nearer to each other are one on the screen.
constexpr double kThin = 1.5;

const GroundLook& lookOf(Ground ground) {
    return kGroundLooks[static_cast<std::size_t>(ground)];
}

class SketchGround final : public MapGround {
  public:
    explicit SketchGround(map::Sketch sketch) : sketch_(std::move(sketch)) {}

    const std::string& note(std::string_view language) const override { return sketch_.note().in(language); }
    std::optional<map::Box> box() const override { return sketch_.box(); }

    void paint(Painter& painter, const map::View& view, wxPoint corner) const override {
        const auto shapes = sketch_.within(view.box());
        const Pen pen{painter, view, corner};
        for (const auto* shape : shapes)
            if (view.zoom() >= lookOf(shape->ground).fromZoom) pen.draw(*shape);
        MapLabels labels(painter, pen.frame());
        for (const auto* shape : shapes)
            if (!shape->name.empty() && view.zoom() >= lookOf(shape->ground).namedFrom)
                pen.name(*shape, labels);
    }

  private:
    struct Pen {
        Painter& painter;
        const map::View& view;
        wxPoint corner;

        Rect frame() const {
            return {corner.x, corner.y, static_cast<int>(view.size().width),
                    static_cast<int>(view.size().height)};
        }
        /// Wider than what is seen, so that no edge and no round end shows.
        map::Frame clip(double margin) const {
            const auto seen = frame();
            return {{seen.x - margin, seen.y - margin},
                    {seen.x + seen.width + margin, seen.y + seen.height + margin}};
        }
        double width(Ground ground) const {
            const double grown = std::min(std::ldexp(1.0, view.zoom() - kFullZoom), kMostGrown);
            return painter.px(std::max(kLeastWidth, lookOf(ground).width * grown));
        }
        map::Path pixels(const pack::Ring& part) const {
            map::Path path;
            path.reserve(part.size());
            for (const auto& place : part) {
                const auto at = view.toPixel(place);
                path.push_back({corner.x + at.x, corner.y + at.y});
            }
            return path;
        }

        void draw(const map::Shape& shape) const {
            auto path = painter.gc().CreatePath();
            const double line = isArea(shape.ground) ? 0 : width(shape.ground);
            for (const auto& part : shape.parts) {
                if (isArea(shape.ground))
                    add(path, map::clipRing(pixels(part), clip(painter.px(8))), true);
                else
                    for (const auto& piece :
                         map::clipLine(map::thinned(pixels(part), kThin), clip(line + painter.px(8))))
                        add(path, piece, false);
            }
            const auto colour = painter.theme().colour(lookOf(shape.ground).colour);
            auto& gc = painter.gc();
            if (isArea(shape.ground)) {
                gc.SetBrush(wxBrush(colour));
                return gc.FillPath(path, wxODDEVEN_RULE);
            }
            gc.SetPen(
                gc.CreatePen(wxGraphicsPenInfo(colour).Width(line).Cap(wxCAP_ROUND).Join(wxJOIN_ROUND)));
            gc.StrokePath(path);
        }

        static void add(wxGraphicsPath& path, const map::Path& points, bool closed) {
            if (points.empty()) return;
            path.MoveToPoint(points.front().x, points.front().y);
            for (std::size_t at = 1; at < points.size(); ++at)
                path.AddLineToPoint(points[at].x, points[at].y);
            if (closed) path.CloseSubpath();
        }

        void name(const map::Shape& shape, MapLabels& labels) const {
            const auto ink = painter.theme().colour(Colour::MapInk);
            if (isArea(shape.ground)) {
                const auto from = view.toPixel({shape.box.north, shape.box.west}),
                           to = view.toPixel({shape.box.south, shape.box.east});
                labels.at(shape.name, {corner.x + (from.x + to.x) / 2, corner.y + (from.y + to.y) / 2},
                          to.x - from.x, ink);
                return;
            }
            for (const auto& part : shape.parts)
                for (const auto& piece : map::clipLine(pixels(part), clip(0)))
                    labels.along(shape.name, piece, ink);
        }
    };

    map::Sketch sketch_;
};

}  // namespace

std::shared_ptr<const MapGround> sketchGround(map::Sketch sketch) {
    return std::make_shared<SketchGround>(std::move(sketch));
}

}  // namespace tram::kit
