#include <algorithm>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

class Card final : public Framed {
  public:
    Card(ViewRef child, CardStyle style) : Framed(std::move(child)), style_(style) {}
    void paint(Painter& painter) override {
        const int radius = lengthOr(painter, style_.radius, Length::CardRadius);
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(style_.fill), radius);
        if (style_.lined || theme.highContrast())
            painter.outline(rect_, theme.colour(style_.line), painter.length(Length::Line), radius);
        paintChildren(painter);
    }

  protected:
    Pixels insets(const Canvas& canvas) const override {
        const int all = lengthOr(canvas, style_.padding, Length::CardPadding) + canvas.length(Length::Line);
        return {all, all, all, all};
    }
    Align justify() const override { return style_.justify; }

  private:
    CardStyle style_;
};

class Padded final : public Framed {
  public:
    Padded(ViewRef child, Insets insets) : Framed(std::move(child)), insets_(insets) {}

  protected:
    Pixels insets(const Canvas& canvas) const override {
        return {canvas.px(insets_.left), canvas.px(insets_.top), canvas.px(insets_.right),
                canvas.px(insets_.bottom)};
    }

  private:
    Insets insets_;
};

class Strip final : public Framed {
  public:
    Strip(ViewRef child, Edge line, Insets insets, Colour fill)
        : Framed(std::move(child)), line_(line), insets_(insets), fill_(fill) {}
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(fill_));
        const int width = painter.length(Length::Line);
        if (line_ != Edge::None) {
            const int y = line_ == Edge::Top ? rect_.y : rect_.y + rect_.height - width;
            painter.fill({rect_.x, y, rect_.width, width}, theme.colour(Colour::Line));
        }
        paintChildren(painter);
    }

  protected:
    Pixels insets(const Canvas& canvas) const override {
        const int line = canvas.length(Length::Line);
        return {canvas.px(insets_.left), canvas.px(insets_.top) + (line_ == Edge::Top ? line : 0),
                canvas.px(insets_.right), canvas.px(insets_.bottom) + (line_ == Edge::Bottom ? line : 0)};
    }

  private:
    Edge line_;
    Insets insets_;
    Colour fill_;
};

class Sized final : public Framed {
  public:
    Sized(ViewRef child, SizeStyle style) : Framed(std::move(child)), style_(style) {}

  protected:
    Pixels insets(const Canvas&) const override { return {}; }
    Widths measureWidths(Canvas& canvas) override {
        auto w = Framed::measureWidths(canvas);
        if (style_.width > 0)
            return {std::max(w.min, canvas.px(style_.width)), std::max(w.min, canvas.px(style_.width))};
        if (style_.maxWidth > 0) w.natural = std::max(w.min, std::min(w.natural, widest(canvas)));
        return w;
    }
    int measureHeight(Canvas& canvas, int width) override {
        if (style_.height > 0) return canvas.px(style_.height);
        const int inner = Framed::measureHeight(canvas, innerWidth(canvas, width));
        return std::max(inner, canvas.px(style_.minHeight));
    }
    void layout(Canvas& canvas) override {
        if (!hasChild()) return;
        const int width = innerWidth(canvas, rect_.width);
        children_[0]->place(canvas, {rect_.x + (rect_.width - width) / 2, rect_.y, width, rect_.height});
    }

  private:
    int innerWidth(const Canvas& canvas, int width) const {
        return style_.maxWidth > 0 ? std::min(width, widest(canvas)) : width;
    }
    int widest(const Canvas& canvas) const {
        return canvas.px(style_.maxWidth * (style_.withText ? canvas.theme().textPercent() / 100.0 : 1));
    }
    SizeStyle style_;
};

class Centred final : public Framed {
  public:
    explicit Centred(ViewRef child) : Framed(std::move(child)) {}

  protected:
    Pixels insets(const Canvas&) const override { return {}; }
    void layout(Canvas& canvas) override {
        if (!hasChild()) return;
        const int width = std::min(rect_.width, children_[0]->widths(canvas).natural);
        const int height = std::min(rect_.height, children_[0]->heightFor(canvas, width));
        children_[0]->place(canvas, {rect_.x + (rect_.width - width) / 2,
                                     rect_.y + (rect_.height - height) / 2, width, height});
    }
};

class Space final : public View {
  public:
    explicit Space(double height) : height_(height) {}
    void paint(Painter&) override {}

  protected:
    Widths measureWidths(Canvas&) override { return {}; }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(height_); }

  private:
    double height_;
};

class Overlay final : public Container {
  public:
    Overlay(ViewRef base, ViewRef top) : Container({std::move(base), std::move(top)}) {
        layered = true;
        children_.back()->modal = true;
    }
    void paint(Painter& painter) override {
        children_.front()->paint(painter);
        painter.fill(rect_, painter.theme().colour(Colour::Scrim));
        children_.back()->paint(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override { return children_.front()->widths(canvas); }
    int measureHeight(Canvas& canvas, int width) override {
        return children_.front()->heightFor(canvas, width);
    }
    void layout(Canvas& canvas) override {
        children_.front()->place(canvas, rect_);
        auto& top = *children_.back();
        const int gutter = canvas.length(Length::Gutter);
        const int width = std::min(rect_.width - 2 * gutter, top.widths(canvas).natural);
        const int height = std::min(rect_.height - 2 * gutter, top.heightFor(canvas, width));
        top.place(canvas, {rect_.x + (rect_.width - width) / 2, rect_.y + (rect_.height - height) / 2, width,
                           height});
    }
};

}  // namespace

ViewRef card(ViewRef child, CardStyle style) {
    return std::make_shared<Card>(std::move(child), style);
}
ViewRef padding(ViewRef child, Insets insets) {
    return std::make_shared<Padded>(std::move(child), insets);
}
ViewRef strip(ViewRef child, Edge line, Insets insets, Colour fill) {
    return std::make_shared<Strip>(std::move(child), line, insets, fill);
}
ViewRef ground(ViewRef child, Colour fill) {
    return strip(std::move(child), Edge::None, {}, fill);
}
ViewRef sized(ViewRef child, SizeStyle style) {
    return std::make_shared<Sized>(std::move(child), style);
}
ViewRef center(ViewRef child) {
    return std::make_shared<Centred>(std::move(child));
}
ViewRef gap(double height) {
    return std::make_shared<Space>(height);
}
ViewRef spacer(double weight) {
    return grow(gap(0), weight);
}
ViewRef grow(ViewRef child, double weight) {
    if (child) child->weight = weight;
    return child;
}
ViewRef overlay(ViewRef base, ViewRef top) {
    return std::make_shared<Overlay>(std::move(base), std::move(top));
}

}  // namespace tram::kit
