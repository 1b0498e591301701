#include <algorithm>

#include "ui/kit/Stage.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {
namespace {

constexpr double kRevealMargin = 24;

// A field is brought into sight with its label and what stands under it, when all of that fits.
Rect shownWith(Canvas& canvas, const Path& path, int room) {
    const Rect own = path.back()->rect();
    if (!path.back()->edit() || path.size() < 2) return own;
    const Rect all = path[path.size() - 2]->rect();
    if (all.height <= room) return all;
    return own.height <= room ? own : path.back()->essential(canvas);
}

int wrapped(int index, int count) {
    return ((index % count) + count) % count;
}

}  // namespace

/// With `from` in its place, though it may be disabled by now: a list's *Sau* at the end of the list.
std::vector<ViewRef> Stage::focusOrder(const std::string& from) const {
    std::vector<ViewRef> order;
    walk(inputRoot(), [&](const ViewRef& view) {
        if (!view->id.empty() && (view->focusable() || (view->isTarget() && view->id == from)))
            order.push_back(view);
    });
    return order;
}

ViewRef Stage::focusView() const {
    if (focusId_.empty()) return nullptr;
    ViewRef found;
    walk(inputRoot(), [&](const ViewRef& view) {
        if (!found && view->id == focusId_ && view->focusable()) found = view;
    });
    return found;
}

bool Stage::setFocus(const std::string& id, bool ring) {
    const auto view = find(id);
    if (!id.empty() && (!view || !view->focusable())) return false;
    const bool moved = id != focusId_;
    if (const auto before = find(focusId_); moved && before && before->edit()) before->edit()->leave();
    focusId_ = id;
    ring_ = ring;
    if (!id.empty()) reveal(id);
    flag();
    if (moved && onFocus) onFocus(id);
    return true;
}

// From the focus, else from what was touched last, so that a person who starts with the finger goes on from
// there.
void Stage::moveFocus(int direction) {
    layOut();
    const auto& from = focusId_.empty() ? lastTouched_ : focusId_;
    const auto order = focusOrder(from);
    if (order.empty()) return;
    const auto found = std::find_if(order.begin(), order.end(), [&](const auto& v) { return v->id == from; });
    const int count = static_cast<int>(order.size());
    const int next = found == order.end()
                         ? (direction > 0 ? 0 : count - 1)
                         : wrapped(static_cast<int>(found - order.begin()) + direction, count);
    setFocus(order[static_cast<std::size_t>(next)]->id, true);
}

void Stage::moveChoice(int direction) {
    auto order = focusOrder(focusId_);
    std::erase_if(order, [](const ViewRef& v) { return v->role != Role::Choice; });
    const auto found =
        std::find_if(order.begin(), order.end(), [&](const auto& v) { return v->id == focusId_; });
    if (found == order.end()) return;
    const int next =
        wrapped(static_cast<int>(found - order.begin()) + direction, static_cast<int>(order.size()));
    setFocus(order[static_cast<std::size_t>(next)]->id, true);
}

void Stage::reveal(const std::string& id) {
    layOut();
    const auto path = pathTo(id);
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        auto& view = *path[i];
        if (view.scrollRange() == 0) continue;
        auto measure = canvas();
        const Rect room = view.rect(), target = shownWith(measure, path, room.height);
        const int margin = theme_.px(kRevealMargin);
        const int above = room.y + margin - target.y;
        const int below = target.y + target.height + margin - room.y - room.height;
        if (above > 0 || below > 0)
            view.scrollTo(view.scrollOffset() + (above > 0 || below > above + room.height ? -above : below));
        root_->place(measure, Rect(wxPoint(0, 0), size_));
        flag();
    }
}

}  // namespace tram::kit
