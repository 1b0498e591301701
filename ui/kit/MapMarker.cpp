#include "ui/kit/MapMarker.h"

#include <algorithm>

namespace tram::kit {

namespace {

constexpr double kMarker = 66, kRing = 5, kIconShare = 0.6;

class Disc final : public View {
  public:
    Disc(std::string number, std::string icon, TilePair pair, bool chosen)
        : number_(std::move(number)), icon_(std::move(icon)), pair_(pair) {
        selected = chosen;
    }

    void paint(Painter& painter) override {
        if (rect_.IsEmpty()) return;
        const auto& theme = painter.theme();
        const Rect disc = Rect(0, 0, rect_.width, rect_.width).CentreIn(rect_);
        const auto ground = theme.colour(selected ? Colour::Primary : Colour::Danger);
        const auto ink = theme.colour(selected ? Colour::OnPrimary : Colour::OnDanger);
        painter.disc(disc, theme.colour(Colour::Card));
        painter.disc(Rect(disc).Deflate(painter.px(kRing)),
                     number_.empty() ? theme.pair(pair_).icon : ground);
        if (pressed) painter.disc(disc, theme.colour(Colour::Pressed));
        if (number_.empty()) {
            const int side = static_cast<int>(disc.width * kIconShare);
            return painter.icon(icon_, theme.pair(pair_).soft, Rect(0, 0, side, side).CentreIn(disc));
        }
        auto face = faceOf(theme.type(Type::Label));
        face.quarterPixels = disc.width * 2;  // half as high
        painter.textCentred(number_, face, ink, disc);
    }
    int cornerRadius(const Theme&) const override { return rect_.width / 2; }

  protected:
    Widths measureWidths(Canvas& canvas) override { return {markerSide(canvas), markerSide(canvas)}; }
    int measureHeight(Canvas& canvas, int) override { return markerSide(canvas); }

  private:
    std::string number_, icon_;
    TilePair pair_;
};

}  // namespace

int markerSide(const Canvas& canvas) {
    return std::max(canvas.px(kMarker), canvas.theme().target());
}

ViewRef markerView(const MapMarker& marker) {
    auto view = std::make_shared<Disc>(marker.number, marker.icon, marker.pair, marker.selected);
    view->id = marker.id;
    view->role = Role::Button;
    view->spokenName = marker.spoken;
    view->onPress = marker.onPress;
    return view;
}

ViewRef markerDisc(std::string number, TilePair pair, bool selected) {
    return std::make_shared<Disc>(std::move(number), "", pair, selected);
}

}  // namespace tram::kit
