#include <algorithm>

#include "ui/kit/Container.h"
#include "ui/kit/Controls.h"

namespace tram::kit {
namespace {

/// What is seen of a child that is higher than its place.
class Viewport final : public Framed {
  public:
    Viewport(ViewRef child, bool whole) : Framed(std::move(child)), whole_(whole) { layered = true; }

    Rect clip() const override { return {rect_.x, rect_.y, rect_.width, seen_}; }
    int scrollRange() const override { return range_; }
    int scrollOffset() const override { return offset_; }
    void scrollTo(int offset) override { offset_ = std::clamp(offset, 0, range_); }
    void carry(const View& before) override { offset_ = before.scrollOffset(); }

    void paint(Painter& painter) override {
        painter.pushClip(clip());
        paintChildren(painter);
        painter.popClip();
    }

  protected:
    Pixels insets(const Canvas&) const override { return {}; }
    void layout(Canvas& canvas) override {
        const int height = hasChild() ? children_[0]->heightFor(canvas, rect_.width) : 0;
        range_ = std::max(0, height - rect_.height);
        offset_ = std::clamp(offset_, 0, range_);
        if (hasChild())
            children_[0]->place(canvas,
                                {rect_.x, rect_.y - offset_, rect_.width, std::max(height, rect_.height)});
        seen_ = whole_ ? wholeHeight() : rect_.height;
    }

  private:
    /// As far down as no target is cut; all of the place where that would leave none.
    int wholeHeight() const {
        const int end = rect_.y + rect_.height;
        int cut = end;
        bool any = false;
        for (const auto& child : children_)
            walk(child, [&](const ViewRef& view) {
                const auto& at = view->rect();
                if (!view->isTarget() || at.y < rect_.y) return;
                any = any || at.y + at.height <= end;
                if (at.y < end && at.y + at.height > end) cut = std::min(cut, at.y);
            });
        return (any ? cut : end) - rect_.y;
    }

    int range_ = 0, offset_ = 0, seen_ = 0;
    bool whole_;
};

class Scroll final : public Container {
  public:
    Scroll(const std::string& name, ViewRef child, const ScrollWords& words)
        : Container({}), inset_(words.inset) {
        auto viewport = std::make_shared<Viewport>(std::move(child), words.whole);
        viewport->id = name;
        viewport->role = Role::Scroll;
        viewport_ = viewport.get();
        content_ = viewport;
        before_ = move(name + ".before", words.before, "expand_less", -1);
        after_ = move(name + ".after", words.after, "expand_more", 1);
        atTop_ = move(name + ".before", words.before, "expand_less", 0);
        atEnd_ = move(name + ".after", words.after, "expand_more", 0);
        children_ = {content_};
    }

    // Beside the content the air gives way where a page has no height to spare.
    int minHeightFor(Canvas& canvas, int width) override {
        const int button = buttonHeight(canvas, buttonWidth(canvas));
        const int least = width > kLowShape * button ? button : button + 2 * air(canvas);
        return std::min(heightFor(canvas, width), least);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override { return content_->widths(canvas); }
    int measureHeight(Canvas& canvas, int width) override { return content_->heightFor(canvas, width); }

    void layout(Canvas& canvas) override {
        const bool over = content_->heightFor(canvas, rect_.width) > rect_.height;
        if (!over) {
            children_ = {content_};
            return content_->place(canvas, rect_);
        }
        if (rect_.width > kLowShape * rect_.height)
            beside(canvas);
        else
            below(canvas);
    }

  private:
    static constexpr int kLowShape = 2;  // width to height from which the buttons stand at the side

    static constexpr double kAir = 16;  // around the buttons: what stands below has buttons of its own

    static int gap(const Canvas& canvas) { return canvas.length(Length::ControlGap); }
    static int air(const Canvas& canvas) { return canvas.px(kAir); }
    int buttonHeight(Canvas& canvas, int width) {
        return std::max(before_->heightFor(canvas, width), after_->heightFor(canvas, width));
    }
    int buttonWidth(Canvas& canvas) {
        return std::max(before_->widths(canvas).natural, after_->widths(canvas).natural);
    }

    /// The buttons once the content is placed: only then is it known whether it goes on in either direction.
    void placeButtons(Canvas& canvas, const Rect& before, const Rect& after) {
        const int offset = viewport_->scrollOffset();
        const auto& up = offset > 0 ? before_ : atTop_;
        const auto& down = offset < viewport_->scrollRange() ? after_ : atEnd_;
        up->place(canvas, before);
        down->place(canvas, after);
        children_ = {content_, up, down};
    }

    void below(Canvas& canvas) {
        const int left = canvas.px(inset_);
        const int width = (rect_.width - 2 * left - gap(canvas)) / 2, height = buttonHeight(canvas, width);
        content_->place(canvas, {rect_.x, rect_.y, rect_.width, rect_.height - height - 2 * air(canvas)});
        const int y = rect_.y + rect_.height - height - air(canvas);
        placeButtons(canvas, {rect_.x + left, y, width, height},
                     {rect_.x + rect_.width - left - width, y, width, height});
    }

    // Where height is short (a keyboard, a screen that lies) the buttons take width instead, low where the
    // hand is.
    void beside(Canvas& canvas) {
        const int width = buttonWidth(canvas), height = buttonHeight(canvas, width);
        const bool stacked = rect_.height >= 2 * height + gap(canvas) + 2 * air(canvas);
        const int low = std::max(rect_.y, rect_.y + rect_.height - height - air(canvas));
        const int right = rect_.x + rect_.width - canvas.px(inset_),
                  x = stacked ? right - width : right - 2 * width - gap(canvas);
        content_->place(canvas, {rect_.x, rect_.y, x - air(canvas) - rect_.x, rect_.height});
        placeButtons(canvas, {x, stacked ? low - gap(canvas) - height : low, width, height},
                     {right - width, low, width, height});
    }

    /// Without a direction: dimmed, for there is nothing more that way.
    ViewRef move(std::string name, const std::string& word, std::string sign, int direction) {
        auto* viewport = viewport_;
        return button({.id = std::move(name),
                       .label = word,
                       .icon = std::move(sign),
                       .enabled = direction != 0,
                       .onPress =
                           [viewport, direction] {
                               viewport->scrollTo(viewport->scrollOffset() +
                                                  direction * viewport->scrollPage());
                           },
                       .wide = true});
    }

    ViewRef content_, before_, after_, atTop_, atEnd_;
    Viewport* viewport_ = nullptr;
    double inset_;
};

}  // namespace

ViewRef scroll(std::string id, ViewRef child, ScrollWords words) {
    return std::make_shared<Scroll>(id, std::move(child), words);
}

}  // namespace tram::kit
