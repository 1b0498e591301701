#pragma once
#include "ui/kit/Layout.h"

namespace tram::kit {

inline int lengthOr(const Canvas& canvas, double reference, Length fallback) {
    return reference < 0 ? canvas.length(fallback) : canvas.px(reference);
}

/// A view that is nothing but its children.
class Container : public View {
  public:
    explicit Container(Views children);
    void paint(Painter& painter) override { paintChildren(painter); }
    int cornerRadius(const Theme& theme) const override { return theme.length(Length::CardRadius); }
};

/// One child inside a frame of fixed insets; the base of cards, paddings, strips.
class Framed : public Container {
  public:
    explicit Framed(ViewRef child) : Container({std::move(child)}) {}
    int minHeightFor(Canvas& canvas, int width) override;

  protected:
    struct Pixels {
        int left = 0, top = 0, right = 0, bottom = 0;
    };
    virtual Pixels insets(const Canvas& canvas) const = 0;
    virtual Align justify() const { return Align::Stretch; }
    Widths measureWidths(Canvas& canvas) override;
    int measureHeight(Canvas& canvas, int width) override;
    void layout(Canvas& canvas) override;
    bool hasChild() const { return !children_.empty(); }
};

}  // namespace tram::kit
