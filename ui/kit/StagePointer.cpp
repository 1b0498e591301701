#include <algorithm>
#include <cstdlib>

#include "ui/kit/Stage.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {
namespace {

constexpr double kPageShare = 0.85;

ViewRef targetOf(const Path& path) {
    const auto found =
        std::find_if(path.rbegin(), path.rend(), [](const ViewRef& v) { return v->isTarget(); });
    return found == path.rend() ? nullptr : *found;
}

ViewRef scrollerOf(const Path& path) {
    const auto found =
        std::find_if(path.rbegin(), path.rend(), [](const ViewRef& v) { return v->scrollRange() > 0; });
    return found == path.rend() ? nullptr : *found;
}

}  // namespace

Rect Stage::around(const ViewRef& view) const {
    return view ? Rect(view->rect())
                      .Inflate(theme_.length(Length::FocusRing) + theme_.length(Length::FocusGap))
                : Rect();
}

Rect Stage::press(wxPoint at) {
    layOut();
    hideRing();
    const auto path = pathAt(at);
    const auto target = targetOf(path);
    const auto scroll = scrollerOf(path);
    press_ = Press{};
    press_->at = at;
    if (target && target->enabled) {
        press_->target = target;
        press_->id = target->id;
    }
    if (scroll) {
        press_->scroller = scroll->id;
        press_->offset = scroll->scrollOffset();
    }
    flag();
    return around(press_->target);
}

Rect Stage::drag(wxPoint at) {
    if (!press_) return {};
    layOut();  // the tree may have been replaced since the press, and not been painted yet
    const int dy = at.y - press_->at.y;
    const auto scroll = find(press_->scroller);
    const auto target = press_->id.empty() ? nullptr : find(press_->id);
    if (scroll && !press_->dragging && std::abs(dy) > theme_.dragSlop()) press_->dragging = true;
    if (press_->dragging && scroll) {
        scroll->scrollTo(press_->offset - dy);
        invalidate();
        layOut();
        return Rect(wxPoint(0, 0), size_);
    }
    const bool inside = target && seen(pathTo(press_->id)).Contains(at);
    if (inside == press_->inside) return {};
    press_->inside = inside;
    flag();
    return around(target);
}

Rect Stage::release(wxPoint at) {
    if (!press_) return {};
    drag(at);
    const auto press = *press_;
    press_.reset();
    flag();
    const auto target = press.id.empty() ? nullptr : find(press.id);
    if (target && target->enabled && press.inside && !press.dragging) activate(target, at);
    return Rect(wxPoint(0, 0), size_);
}

Rect Stage::cancel() {
    if (!press_) return {};
    const auto rect = around(press_->target);
    press_.reset();
    flag();
    return rect;
}

// The view is kept alive by the caller's reference: its action may show another tree.
void Stage::activate(const ViewRef& view, wxPoint at) {
    const auto kept = view;
    if (kept->role != Role::Key) lastTouched_ = kept->id;
    if (kept->edit()) {
        setFocus(kept->id, ring_);
        auto measure = canvas();
        kept->tapped(measure, at);
    }
    if (kept->onPress) kept->onPress();
    invalidate();
}

bool Stage::wheel(wxPoint at, int pixels) {
    layOut();
    const auto scroll = scrollerOf(pathAt(at));
    if (!scroll) return false;
    scroll->scrollTo(scroll->scrollOffset() + pixels);
    invalidate();
    return true;
}

ViewRef Stage::scroller() const {
    if (const auto own = scrollerOf(pathTo(focusId_))) return own;
    ViewRef first;
    walk(inputRoot(), [&](const ViewRef& view) {
        if (!first && view->scrollRange() > 0 && !view->edit()) first = view;
    });
    return first;
}

bool Stage::page(int direction) {
    layOut();
    const auto scroll = scroller();
    if (!scroll) return false;
    scroll->scrollTo(scroll->scrollOffset() +
                     direction * static_cast<int>(scroll->rect().height * kPageShare));
    invalidate();
    return true;
}

}  // namespace tram::kit
