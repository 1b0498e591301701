#include "ui/kit/MapView.h"

#include <wx/event.h>
#include <wx/graphics.h>

#include <algorithm>
#include <cmath>

#include "map/Markers.h"
#include "ui/kit/MapLabels.h"
#include "ui/kit/MapMarker.h"

namespace tram::kit {

namespace {

constexpr double kMapInset = 24, kLeastMap = 320, kHere = 36, kHereRing = 5, kHalo = 140, kShadeLine = 4;
constexpr double kScale = 200, kScaleLine = 4, kScaleRise = 10;
constexpr unsigned char kHaloShade = 0x38;
constexpr double kFarthestLed = 3;  ///< markers: a longer line leads to nothing any more
constexpr double kLeader = 3, kPin = 14, kPinRing = 3;
constexpr double kThinEdge = 2;    ///< pixels: points nearer to each other are one
constexpr double kKeyStep = 0.25;  ///< of its size, an arrow key

wxColour through(const wxColour& colour, unsigned char alpha) {
    return {colour.Red(), colour.Green(), colour.Blue(), alpha};
}

class MapSight final : public View {
  public:
    explicit MapSight(MapOptions options) : o_(std::move(options)) {
        id = o_.id;
        spokenName = o_.spoken;
        role = Role::Image;
        layered = true;
        onPress = [] {};  // tapped() does it: where matters
        for (const auto& marker : o_.markers) children_.push_back(markerView(marker));
        for (const auto& view : {o_.note, o_.buttons, o_.foot})
            if (view) children_.push_back(view);
    }

    Rect clip() const override { return rect_; }
    bool pullable() const override { return true; }
    void pulledBy(wxPoint by) override {
        o_.look->moveBy({static_cast<double>(by.x), static_cast<double>(by.y)});
    }
    bool turned(wxPoint, int direction) override {
        o_.look->zoom(direction);
        return true;
    }
    void tapped(Canvas&, wxPoint at) override {
        if (!o_.onTap) return;
        const auto middle = wxPoint(free_.x + free_.width / 2, free_.y + free_.height / 2);
        const auto where = (rect_.Contains(at) ? at : middle) - rect_.GetTopLeft();
        o_.onTap(o_.look->view().toPoint({static_cast<double>(where.x), static_cast<double>(where.y)}));
    }
    bool onKey(const wxKeyEvent& event) override {
        if (!movedBy(event.GetKeyCode())) return false;
        if (o_.onMoved) o_.onMoved();
        return true;
    }

    void paint(Painter& painter) override {
        painter.fill(rect_, painter.theme().colour(Colour::MapLand));
        painter.pushClip(rect_);
        if (o_.ground) o_.ground->paint(painter, o_.look->view(), rect_.GetTopLeft());
        paintAreas(painter);
        paintHere(painter);
        paintLeaders(painter);
        paintScale(painter);
        painter.popClip();
        paintChildren(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {canvas.px(kLeastMap), canvas.px(std::max(kLeastMap, o_.height))};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(std::max(kLeastMap, o_.height)); }

    void layout(Canvas& canvas) override {
        const int inset = canvas.px(kMapInset);
        free_ = Rect(rect_).Deflate(inset);
        placeButtons(canvas, inset);
        placeFoot(canvas, inset);
        placeNote(canvas, inset);
        if (o_.length) free_.SetHeight(std::max(1, free_.height - scaleHeight(canvas)));
        const auto at = [&](int x, int y) {
            return map::Pixel{static_cast<double>(x - rect_.x), static_cast<double>(y - rect_.y)};
        };
        o_.look->placed({static_cast<double>(rect_.width), static_cast<double>(rect_.height)},
                        {at(free_.x, free_.y), at(free_.GetRight(), free_.GetBottom())});
        placeEach(canvas);
    }

  private:
    void placeButtons(Canvas& canvas, int inset) {
        if (!o_.buttons) return;
        const int width = o_.buttons->widths(canvas).natural;
        o_.buttons->place(canvas, {rect_.x + rect_.width - width - inset, rect_.y + inset, width,
                                   o_.buttons->heightFor(canvas, width)});
        free_.SetRight(o_.buttons->rect().x - inset);
    }
    void placeFoot(Canvas& canvas, int inset) {
        if (!o_.foot) return;
        const int width = rect_.width - 2 * inset, height = o_.foot->heightFor(canvas, width);
        o_.foot->place(canvas, {rect_.x + inset, rect_.y + rect_.height - height - inset, width, height});
        free_.SetBottom(o_.foot->rect().y - inset);
    }
    void placeNote(Canvas& canvas, int inset) {
        if (!o_.note) return;
        const int width = std::min(o_.note->widths(canvas).natural, free_.width);
        const int height = o_.note->heightFor(canvas, width);
        o_.note->place(canvas, {rect_.x + inset, rect_.y + inset, width, height});
        const int below = o_.note->rect().GetBottom() + inset;
        free_.SetTop(below);
        free_.SetHeight(std::max(1, free_.height - (below - rect_.y - inset)));
    }

    /// Markers whose places are in sight; the others are nowhere.
    void placeEach(Canvas& canvas) {
        const int side = markerSide(canvas), apart = canvas.length(Length::TargetGap) + 1;
        std::vector<map::Pixel> places;
        std::vector<std::size_t> which;
        leaders_.clear();
        for (std::size_t at = 0; at < o_.markers.size(); ++at) {
            children_[at]->place(canvas, {});
            if (!o_.look->sees(o_.markers[at].place)) continue;
            places.push_back(o_.look->view().toPixel(o_.markers[at].place));
            which.push_back(at);
        }
        const map::Frame frame{
            {static_cast<double>(free_.x - rect_.x), static_cast<double>(free_.y - rect_.y)},
            {static_cast<double>(free_.GetRight() - rect_.x),
             static_cast<double>(free_.GetBottom() - rect_.y)}};
        const auto placed = map::placeMarkers(places, side + apart, frame);
        for (std::size_t at = 0; at < placed.size(); ++at) {
            const auto &where = placed[at].at, &from = placed[at].place;
            const bool near = std::hypot(where.x - from.x, where.y - from.y) <= kFarthestLed * side;
            if (!placed[at].free || !near) continue;  // a closer view has room for it
            children_[which[at]]->place(canvas, {rect_.x + static_cast<int>(where.x) - side / 2,
                                                 rect_.y + static_cast<int>(where.y) - side / 2, side, side});
            if (placed[at].at != placed[at].place) leaders_.push_back(placed[at]);
        }
    }

    bool movedBy(int key) {
        const double x = rect_.width * kKeyStep, y = rect_.height * kKeyStep;
        switch (key) {
            case WXK_LEFT:
                return o_.look->moveBy({x, 0}), true;
            case WXK_RIGHT:
                return o_.look->moveBy({-x, 0}), true;
            case WXK_UP:
                return o_.look->moveBy({0, y}), true;
            case WXK_DOWN:
                return o_.look->moveBy({0, -y}), true;
            case '+':
            case '=':
            case WXK_NUMPAD_ADD:
                return o_.look->zoom(1), true;
            case '-':
            case WXK_NUMPAD_SUBTRACT:
                return o_.look->zoom(-1), true;
            default:
                return false;
        }
    }

    map::Pixel onScreen(const map::Point& place) const {
        const auto at = o_.look->view().toPixel(place);
        return {rect_.x + at.x, rect_.y + at.y};
    }

    void paintAreas(Painter& painter) const {
        if (!o_.areas) return;
        const auto seen = o_.look->view().box();
        MapLabels labels(painter, rect_);
        for (const auto& child : children_) labels.leaveOut(child->rect());
        for (const auto& area : *o_.areas)
            if (area.box.meets(seen) && isLarge(area)) shade(painter, area);
        for (const auto& area : *o_.areas) {
            if (!area.box.meets(seen) || area.name.empty()) continue;
            const auto from = onScreen({area.box.north, area.box.west}),
                       to = onScreen({area.box.south, area.box.east});
            labels.over(area.name, {(from.x + to.x) / 2, (from.y + to.y) / 2}, to.x - from.x,
                        shadeLine(painter.theme(), area.look));
        }
    }
    bool isLarge(const MapArea& area) const {
        constexpr double kLeastSide = 2;  // pixels
        const auto from = onScreen({area.box.north, area.box.west}),
                   to = onScreen({area.box.south, area.box.east});
        return std::max(to.x - from.x, to.y - from.y) >= kLeastSide;
    }
    void shade(Painter& painter, const MapArea& area) const {
        const bool strong = area.id == o_.strong;
        const int line = painter.px(strong ? 2 * kShadeLine : kShadeLine);
        const map::Frame frame{{rect_.x - 2.0 * line, rect_.y - 2.0 * line},
                               {rect_.x + rect_.width + 2.0 * line, rect_.y + rect_.height + 2.0 * line}};
        auto& gc = painter.gc();
        const auto colour = shadeLine(painter.theme(), area.look);
        for (const auto& polygon : area.area.polygons) {
            auto path = gc.CreatePath();
            for (const auto& ring : polygon.rings) {
                map::Path points;
                for (const auto& place : ring) points.push_back(onScreen(place));
                points = map::clipRing(map::thinned(points, kThinEdge), frame);
                for (std::size_t at = 0; at < points.size(); ++at)
                    at == 0 ? path.MoveToPoint(points[at].x, points[at].y)
                            : path.AddLineToPoint(points[at].x, points[at].y);
                if (!points.empty()) path.CloseSubpath();
            }
            gc.SetBrush(shadeBrush(painter, area.look, strong));
            gc.FillPath(path, wxODDEVEN_RULE);
            gc.SetPen(gc.CreatePen(wxGraphicsPenInfo(colour).Width(line)));
            gc.StrokePath(path);
        }
    }

    void paintHere(Painter& painter) const {
        if (!o_.here) return;
        const auto at = onScreen(*o_.here);
        const auto around = [&](double size) {
            const int side = painter.px(size);
            return Rect(static_cast<int>(at.x) - side / 2, static_cast<int>(at.y) - side / 2, side, side);
        };
        const auto& theme = painter.theme();
        painter.disc(around(kHalo), through(theme.colour(Colour::Primary), kHaloShade));
        painter.disc(around(kHere), theme.colour(Colour::Card));
        painter.disc(around(kHere - 2 * kHereRing), theme.colour(Colour::Primary));
    }

    void paintLeaders(Painter& painter) const {
        const auto& theme = painter.theme();
        const auto point = [&](const map::Pixel& at) {
            return wxPoint(rect_.x + static_cast<int>(at.x), rect_.y + static_cast<int>(at.y));
        };
        for (const auto& marker : leaders_) {
            painter.stroke(point(marker.place), point(marker.at), theme.colour(Colour::Ink),
                           painter.px(kLeader));
            const int side = painter.px(kPin);
            const auto middle = point(marker.place);
            const Rect pin(middle.x - side / 2, middle.y - side / 2, side, side);
            painter.disc(Rect(pin).Inflate(painter.px(kPinRing)), theme.colour(Colour::Card));
            painter.disc(pin, theme.colour(Colour::Ink));
        }
    }

    static int scaleHeight(const Canvas& canvas) {
        return canvas.fonts().height(faceOf(canvas.theme().type(Type::Caption))) +
               canvas.px(kScaleLine + kScaleRise);
    }
    /// A length of the ground at the lower left, beneath what is free.
    void paintScale(Painter& painter) const {
        if (!o_.length) return;
        const auto bar = o_.look->view().scaleBar(painter.px(kScale));
        const auto text = o_.length(bar.metres);
        const auto face = faceOf(painter.theme().type(Type::Caption));
        const auto ink = painter.theme().colour(Colour::MapInk);
        const int bottom = free_.GetBottom() + scaleHeight(painter), width = static_cast<int>(bar.pixels),
                  rise = painter.px(kScaleRise);
        const int line = painter.px(kScaleLine);
        painter.stroke({free_.x, bottom}, {free_.x + width, bottom}, ink, line);
        painter.stroke({free_.x, bottom}, {free_.x, bottom - rise}, ink, line);
        painter.stroke({free_.x + width, bottom}, {free_.x + width, bottom - rise}, ink, line);
        painter.text(text, face, ink, free_.x + 2 * rise, bottom - rise - painter.fonts().height(face));
    }

    MapOptions o_;
    Rect free_;
    std::vector<map::Marker> leaders_;
};

}  // namespace

ViewRef mapView(MapOptions options) {
    return std::make_shared<MapSight>(std::move(options));
}

}  // namespace tram::kit
