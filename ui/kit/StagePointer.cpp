#include <algorithm>
#include <cstdlib>

#include "ui/kit/Stage.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {
namespace {

ViewRef scrollerOf(const Path& path) {
    const auto found =
        std::find_if(path.rbegin(), path.rend(), [](const ViewRef& v) { return v->scrollRange() > 0; });
    return found == path.rend() ? nullptr : *found;
}

ViewRef pullableOf(const Path& path) {
    const auto found = std::ranges::find_if(path, [](const ViewRef& v) { return v->pullable(); });
    return found == path.end() ? nullptr : *found;
}

}  // namespace

Rect Stage::around(const ViewRef& view) const {
    return view ? Rect(view->rect())
                      .Inflate(theme_.length(Length::FocusRing) + theme_.length(Length::FocusGap))
                : Rect();
}

/// What was pressed, in the tree of now: the same control, wherever it has moved. A row that others have
/// pushed on has another id and still says the same.
ViewRef Stage::pressedNow() const {
    if (!press_ || press_->target.id.empty()) return nullptr;
    const auto& wanted = press_->target;
    ViewRef same, alike;
    int many = 0;
    walk(inputRoot(), [&](const ViewRef& view) {
        if (!view->isTarget()) return;
        if (!same && wanted.same(view->id, view->spokenName)) same = view;
        if (view->role != wanted.role || view->spokenName != wanted.spoken) return;
        alike = view;
        ++many;
    });
    return same ? same : many == 1 ? alike : nullptr;
}

Rect Stage::press(wxPoint at, Moment when) {
    layOut();
    ring_ = keyed_ = false;
    press_.reset();
    if (!gaze_.takes(at, when)) return {};
    const auto path = pathAt(at);
    const auto scroll = scrollerOf(path), pull = pullableOf(path);
    press_ = Press{};
    press_->at = press_->last = at;
    press_->when = when;
    if (const auto* target = gaze_.aimedAt(at, when)) press_->target = *target;
    if (scroll) {
        press_->scroller = scroll->id;
        press_->offset = scroll->scrollOffset();
    }
    if (pull) press_->pulled = pull->id;
    gaze_.pressed(press_->target, when);
    flag();
    return around(pressedNow());
}

/// Where it was painted when the finger came down, or where it has moved to. A finger that rolls over the
/// edge is still on it, unless it is on another one by then.
bool Stage::within(const ViewRef& view, wxPoint at) const {
    const Rect now = seen(pathTo(view->id));
    if (press_->target.rect.Contains(at) || now.Contains(at)) return true;
    const int roll = theme_.dragSlop();
    if (gaze_.under(at, press_->when)) return false;
    return Rect(press_->target.rect).Inflate(roll).Contains(at) || Rect(now).Inflate(roll).Contains(at);
}

/// Only what moves is a drag: at the end of a list a rolling finger still taps.
bool Stage::scrolls(wxPoint at) {
    const auto scroll = find(press_->scroller);
    const int dy = at.y - press_->at.y;
    if (!scroll || (!press_->dragging && std::abs(dy) <= theme_.dragSlop())) return false;
    const int before = scroll->scrollOffset();
    scroll->scrollTo(press_->offset - dy);
    if (scroll->scrollOffset() != before) press_->dragging = true;
    return press_->dragging;
}

/// From where the finger came down, so that what lay under it stays there.
bool Stage::pulls(wxPoint at) {
    const auto view = press_->pulled.empty() ? nullptr : find(press_->pulled);
    const auto far = at - press_->at;
    if (!view || (!press_->dragging && std::max(std::abs(far.x), std::abs(far.y)) <= theme_.dragSlop()))
        return false;
    view->pulledBy(at - press_->last);
    press_->last = at;
    return press_->dragging = true;
}

Rect Stage::drag(wxPoint at) {
    if (!press_) return {};
    layOut();  // the tree may have been replaced since the press, and not been painted yet
    if (pulls(at) || (press_->pulled.empty() && scrolls(at))) {
        invalidate();
        layOut();
        return Rect(wxPoint(0, 0), size_);
    }
    const auto target = pressedNow();
    const bool inside = target && within(target, at);
    if (inside == press_->inside) return {};
    press_->inside = inside;
    flag();
    return around(target);
}

Rect Stage::release(wxPoint at) {
    if (!press_) return {};
    drag(at);
    const auto target = pressedNow();
    const bool meant = target && target->enabled && press_->inside && !press_->dragging;
    press_.reset();
    flag();
    if (meant) activate(target, at);
    return Rect(wxPoint(0, 0), size_);
}

Rect Stage::cancel() {
    if (!press_) return {};
    const auto rect = around(pressedNow());
    press_.reset();
    flag();
    return rect;
}

// The view is kept alive by the caller's reference: its action may show another tree.
void Stage::activate(const ViewRef& view, wxPoint at) {
    const auto kept = view;
    if (kept->role != Role::Key) lastTouched_ = kept->id;
    if (kept->edit()) setFocus(kept->id, ring_);
    auto measure = canvas();
    kept->tapped(measure, at);
    if (kept->onPress) kept->onPress();
    invalidate();
}

bool Stage::wheel(wxPoint at, int pixels) {
    layOut();
    const auto path = pathAt(at);
    const auto pull = pullableOf(path);
    if (pull && pull->turned(at, pixels < 0 ? 1 : -1)) return invalidate(), true;
    const auto scroll = scrollerOf(path);
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
    scroll->scrollTo(scroll->scrollOffset() + direction * scroll->scrollPage());
    invalidate();
    return true;
}

}  // namespace tram::kit
