#include "ui/kit/Container.h"

#include <algorithm>

namespace tram::kit {

Container::Container(Views children) : View() {
    std::erase(children, nullptr);
    children_ = std::move(children);
    role = Role::Group;
}

Widths Framed::measureWidths(Canvas& canvas) {
    const auto in = insets(canvas);
    const auto inner = hasChild() ? children_[0]->widths(canvas) : Widths{};
    return {inner.min + in.left + in.right, inner.natural + in.left + in.right};
}

int Framed::measureHeight(Canvas& canvas, int width) {
    const auto in = insets(canvas);
    return in.top + in.bottom +
           (hasChild() ? children_[0]->heightFor(canvas, width - in.left - in.right) : 0);
}

int Framed::minHeightFor(Canvas& canvas, int width) {
    const auto in = insets(canvas);
    return in.top + in.bottom +
           (hasChild() ? children_[0]->minHeightFor(canvas, width - in.left - in.right) : 0);
}

void Framed::layout(Canvas& canvas) {
    if (!hasChild()) return;
    const auto in = insets(canvas);
    Rect inner(rect_.x + in.left, rect_.y + in.top, rect_.width - in.left - in.right,
               rect_.height - in.top - in.bottom);
    const int wanted = children_[0]->heightFor(canvas, inner.width);
    if (const int left = inner.height - wanted;
        left > 0 && justify() != Align::Stretch && children_[0]->weight == 0) {
        if (justify() == Align::Centre) inner.y += left / 2;
        if (justify() == Align::End) inner.y += left;
        inner.height = wanted;
    }
    children_[0]->place(canvas, inner);
}

}  // namespace tram::kit
