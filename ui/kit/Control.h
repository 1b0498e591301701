#pragma once
#include <optional>

#include "ui/kit/Container.h"

namespace tram::kit {

struct Look {
    Colour fill = Colour::Card;
    Colour line = Colour::Outline;
    Length lineWidth = Length::Outline;
    Length radius = Length::ButtonRadius;
    bool filled = true, lined = true;
    bool pill = false;                  ///< ends are half circles
    std::optional<TilePair> soft = {};  ///< filled with its ground instead of `fill`
};
struct ControlSize {
    Length paddingX = Length::ButtonPadding;
    double paddingY = 16;  ///< reference pixels
    Length height = Length::ButtonHeight;
    bool main = false;  ///< 20 mm at least
};

/// Anything pressed: a shape, what it says inside, and how it looks under a finger.
class Control : public Framed {
  public:
    Control(ViewRef content, Look look, ControlSize size)
        : Framed(std::move(content)), look_(look), size_(size) {}
    void paint(Painter& painter) override;
    /// It keeps its size, whatever gives way beside it.
    int minHeightFor(Canvas& canvas, int width) override { return heightFor(canvas, width); }
    int cornerRadius(const Theme& theme) const override;

  protected:
    Pixels insets(const Canvas& canvas) const override;
    Align justify() const override { return Align::Centre; }
    Widths measureWidths(Canvas& canvas) override;
    int measureHeight(Canvas& canvas, int width) override;

  private:
    Look look_;
    ControlSize size_;
};

}  // namespace tram::kit
