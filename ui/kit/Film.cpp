#include "ui/kit/Film.h"

#include <wx/graphics.h>
#include <wx/image.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "ui/kit/Canvas.h"

namespace tram::kit {

namespace {

/// Of the smaller side: a card at arm's length, or a sheet's code, fills it.
constexpr double kAimShare = 0.72;
constexpr double kCountShare = 0.28;
constexpr double kLeastHeight = 240, kTick = 168;
constexpr int kCornerShare = 5;  ///< of the frame's side, the arm of each of its corners

class FilmView final : public View {
  public:
    explicit FilmView(FilmOptions options) : options_(std::move(options)) {
        id = options_.id;
        spokenName = options_.spoken;
        role = Role::Image;
    }

    void paint(Painter& painter) override {
        const int radius = painter.length(Length::CardRadius);
        painter.fill(rect_, painter.theme().colour(Colour::QrDark), radius);
        const auto& film = *options_.film;
        seen_ = rect_;
        if (film.empty()) {
            const int side = painter.length(Length::IconLarge);
            painter.icon(
                "photo_camera", painter.theme().colour(Colour::QrLight),
                Rect(wxPoint(rect_.x + (rect_.width - side) / 2, rect_.y + (rect_.height - side) / 2),
                     wxSize(side, side)));
            return;
        }
        painter.pushClip(rect_);
        paintFilm(painter, film.bitmap());
        painter.popClip();
        if (options_.aim) paintAim(painter);
        if (options_.found) paintTick(painter);
        if (options_.count > 0) paintCount(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {canvas.px(kLeastHeight), canvas.px(std::max(kLeastHeight, options_.height) * 16 / 9)};
    }
    int measureHeight(Canvas& canvas, int) override {
        return canvas.px(std::max(kLeastHeight, options_.height));
    }

  private:
    /// All of it is seen, whatever its shape.
    void paintFilm(Painter& painter, const wxBitmap& bitmap) {
        const double scale =
            std::min(rect_.width / double(bitmap.GetWidth()), rect_.height / double(bitmap.GetHeight()));
        const double width = bitmap.GetWidth() * scale, height = bitmap.GetHeight() * scale;
        seen_.SetSize(wxSize(static_cast<int>(width), static_cast<int>(height)));
        seen_ = seen_.CentreIn(rect_);
        auto& gc = painter.gc();
        gc.PushState();
        const double left = options_.mirror ? width : -width;
        gc.Translate(rect_.x + (rect_.width + left) / 2, rect_.y + (rect_.height - height) / 2);
        if (options_.mirror) gc.Scale(-1, 1);
        gc.DrawBitmap(bitmap, 0, 0, width, height);
        gc.PopState();
    }

    /// On a disc of its own, seen from where somebody has stepped back to.
    void paintCount(Painter& painter) const {
        const int side = static_cast<int>(std::min(rect_.width, rect_.height) * kCountShare);
        const Rect disc(rect_.x + (rect_.width - side) / 2, rect_.y + (rect_.height - side) / 2, side, side);
        painter.disc(disc, painter.theme().colour(Colour::QrDark));
        painter.ring(disc, painter.theme().colour(Colour::QrLight), painter.px(6));
        auto face = faceOf(painter.theme().type(Type::Display));
        face.quarterPixels = side * 2;  // half as high
        painter.textCentred(std::to_string(options_.count), face, painter.theme().colour(Colour::QrLight),
                            disc);
    }

    /// Four corners, light within dark: seen on whatever is held up.
    void paintAim(Painter& painter) const {
        const int side = static_cast<int>(std::min(seen_.width, seen_.height) * kAimShare);
        const Rect aim(rect_.x + (rect_.width - side) / 2, rect_.y + (rect_.height - side) / 2, side, side);
        const auto inner = options_.found ? Colour::Ok : Colour::QrLight;
        corners(painter, aim, painter.theme().colour(Colour::QrDark), painter.px(14));
        corners(painter, aim, painter.theme().colour(inner), painter.px(8));
    }
    /// Also for who does not tell green from white.
    void paintTick(Painter& painter) const {
        const int side = painter.px(kTick), inner = side * 3 / 5;
        const auto centred = [&](int size) {
            return Rect(rect_.x + (rect_.width - size) / 2, rect_.y + (rect_.height - size) / 2, size, size);
        };
        painter.fill(centred(side), painter.theme().colour(Colour::QrLight), side / 2);
        painter.fill(centred(side - painter.px(12)), painter.theme().colour(Colour::Ok), side / 2);
        painter.icon("check", painter.theme().colour(Colour::OkSoft), centred(inner));
    }
    static void corners(Painter& painter, const Rect& aim, const wxColour& colour, int width) {
        const int arm = aim.width / kCornerShare, right = aim.x + aim.width, bottom = aim.y + aim.height;
        for (const auto& [x, y, dx, dy] : {std::array{aim.x, aim.y, 1, 1},
                                           {right, aim.y, -1, 1},
                                           {aim.x, bottom, 1, -1},
                                           {right, bottom, -1, -1}}) {
            painter.stroke({x, y}, {x + dx * arm, y}, colour, width);
            painter.stroke({x, y}, {x, y + dy * arm}, colour, width);
        }
    }

    FilmOptions options_;
    Rect seen_;  ///< what of the view the film covers
};

}  // namespace

void Film::show(int width, int height, const unsigned char* rgb) {
    wxImage image(width, height, false);
    std::memcpy(image.GetData(), rgb, std::size_t{3} * width * height);
    bitmap_ = wxBitmap(image);
}

ViewRef filmView(FilmOptions options) {
    return std::make_shared<FilmView>(std::move(options));
}

}  // namespace tram::kit
