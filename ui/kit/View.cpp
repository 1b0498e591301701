#include "ui/kit/View.h"

namespace tram::kit {

std::string_view name(Role role) {
    static constexpr std::array<std::string_view, 13> kNames{"none",   "group",  "text",  "heading", "button",
                                                             "choice", "check",  "field", "key",     "image",
                                                             "status", "scroll", "dialog"};
    return kNames[static_cast<std::size_t>(role)];
}

Widths View::widths(Canvas& canvas) {
    if (!widths_) widths_ = measureWidths(canvas);
    return *widths_;
}

int View::heightFor(Canvas& canvas, int width) {
    for (const auto& [w, h] : heights_)
        if (w == width) return h;
    const int height = measureHeight(canvas, width);
    heights_[1] = heights_[0];
    heights_[0] = {width, height};
    return height;
}

void View::place(Canvas& canvas, const Rect& rect) {
    rect_ = rect;
    layout(canvas);
}

void View::forget() {
    widths_.reset();
    heights_ = {{{-1, 0}, {-1, 0}}};
    for (const auto& child : children_) child->forget();
}

void View::paintChildren(Painter& painter) {
    for (const auto& child : children_)
        if (painter.visible(child->rect())) child->paint(painter);
}

void walk(const ViewRef& root, const std::function<void(const ViewRef&)>& visit) {
    if (!root) return;
    visit(root);
    for (const auto& child : root->children()) walk(child, visit);
}

}  // namespace tram::kit
