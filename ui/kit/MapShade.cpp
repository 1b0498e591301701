#include "ui/kit/MapShade.h"

#include <wx/bitmap.h>
#include <wx/brush.h>
#include <wx/graphics.h>
#include <wx/image.h>

namespace tram::kit {

namespace {

constexpr unsigned char kShadeAlpha = 0x26, kStrongAlpha = 0x60, kStripe = 0xA0, kStrongStripe = 0xF0;
constexpr double kPeriod = 18, kSampleLine = 3;

/// One step of stripes that rise to the right; its edges meet those of the next.
wxBitmap stripes(const wxColour& colour, int period, unsigned char thin, unsigned char stripe) {
    wxImage image(period, period);
    image.InitAlpha();
    for (int y = 0; y < period; ++y)
        for (int x = 0; x < period; ++x) {
            image.SetRGB(x, y, colour.Red(), colour.Green(), colour.Blue());
            image.SetAlpha(x, y, (x + y) % period < period / 4 ? stripe : thin);
        }
    return wxBitmap(image, 32);
}

class Sample final : public View {
  public:
    Sample(const AreaLook& look, double side) : look_(look), side_(side) {}

    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        const Rect square = Rect(0, 0, painter.px(side_), painter.px(side_)).CentreIn(rect_);
        painter.fill(square, theme.colour(Colour::MapLand));
        auto& gc = painter.gc();
        gc.SetBrush(shadeBrush(painter, look_, false));
        auto path = gc.CreatePath();
        path.AddRectangle(square.x, square.y, square.width, square.height);
        gc.FillPath(path);
        painter.outline(square, shadeLine(theme, look_), painter.px(kSampleLine), 0);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override { return {canvas.px(side_), canvas.px(side_)}; }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(side_); }

  private:
    AreaLook look_;
    double side_;
};

}  // namespace

wxColour shadeLine(const Theme& theme, const AreaLook& look) {
    return theme.pair(look.pair).icon;
}

wxBrush shadeBrush(const Canvas& canvas, const AreaLook& look, bool strong) {
    const auto colour = shadeLine(canvas.theme(), look);
    const unsigned char thin = strong ? kStrongAlpha : kShadeAlpha;
    if (look.striped)
        return wxBrush(
            stripes(colour, std::max(4, canvas.px(kPeriod)), thin, strong ? kStrongStripe : kStripe));
    return wxBrush(wxColour(colour.Red(), colour.Green(), colour.Blue(), thin));
}

ViewRef shadeSample(const AreaLook& look, double side) {
    return std::make_shared<Sample>(look, side);
}

}  // namespace tram::kit
