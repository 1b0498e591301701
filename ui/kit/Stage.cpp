#include "ui/kit/Stage.h"

#include <algorithm>
#include <unordered_map>

#include "ui/kit/TextEdit.h"

namespace tram::kit {
namespace {

bool findPath(const ViewRef& view, const std::function<bool(const View&)>& wanted, Path& path) {
    path.push_back(view);
    if (wanted(*view)) return true;
    for (const auto& child : view->children())
        if (findPath(child, wanted, path)) return true;
    path.pop_back();
    return false;
}

bool descend(const ViewRef& view, wxPoint at, Path& path) {
    if (!view->rect().Contains(at)) return false;
    path.push_back(view);
    const Rect clip = view->clip();
    if (!clip.IsEmpty() && !clip.Contains(at)) return true;
    const auto& children = view->children();
    for (auto child = children.rbegin(); child != children.rend(); ++child)
        if (descend(*child, at, path)) break;
    return true;
}

/// What lies over a page, "home/countdown", leaves it as far scrolled as it was; another page begins at its
/// top.
std::string_view placeOf(std::string_view page) {
    return page.substr(0, page.find('/'));
}

}  // namespace

void Stage::setTheme(Theme theme) {
    theme_ = std::move(theme);
    invalidate();
}

void Stage::resize(wxSize size) {
    if (size == size_) return;
    size_ = size;
    invalidate();
}

void Stage::show(ViewRef root, const std::string& page) {
    const bool samePlace = placeOf(page) == placeOf(gaze_.page());
    if (page != gaze_.page()) {
        gaze_.turnTo(page);
        press_.reset();
    }
    const auto before = std::move(root_);
    root_ = std::move(root);
    pictures_.endTree();
    pictures_.beginTree();
    if (samePlace) carryOver(before);
    invalidate();
    dropLostFocus();
}

void Stage::carryOver(const ViewRef& before) {
    std::unordered_map<std::string, ViewRef> known;
    walk(before, [&](const ViewRef& view) {
        if (!view->id.empty()) known.emplace(view->id, view);
    });
    walk(root_, [&](const ViewRef& view) {
        if (const auto found = known.find(view->id); found != known.end()) view->carry(*found->second);
    });
}

void Stage::dropLostFocus() {
    if (focusId_.empty() || find(focusId_)) return;
    focusId_.clear();
    if (onFocus) onFocus("");
}

void Stage::layOut() {
    if (!dirty_ || !root_ || size_.x <= 0 || size_.y <= 0) return;
    dirty_ = painted_ = false;
    auto measure = canvas();
    root_->forget();
    root_->place(measure, Rect(wxPoint(0, 0), size_));
    followFocus();
    flag();
}

// A keyboard sliding in makes the page lower, a line typed makes a field higher: the caret stays in sight.
// Whoever scrolls on leaves it.
void Stage::followFocus() {
    const auto path = pathTo(focusId_);
    if (path.empty()) return;
    Rect room(wxPoint(0, 0), size_);
    for (const auto& view : path)
        if (view->role == Role::Scroll) room = view->rect();
    const auto size = path.back()->rect().GetSize();
    const std::size_t caret = path.back()->edit() ? path.back()->edit()->caret() : 0;
    if (room == focusSeen_ && size == focusSize_ && caret == caretSeen_) return;
    focusSeen_ = room;
    focusSize_ = size;
    caretSeen_ = caret;
    reveal(focusId_);
}

void Stage::flag() {
    const auto under = press_ && press_->inside && !press_->dragging ? pressedNow() : nullptr;
    walk(root_, [&](const ViewRef& view) {
        view->pressed = view == under;
        view->focused = !focusId_.empty() && view->id == focusId_ && view->isTarget();
    });
}

void Stage::paint(wxGraphicsContext& gc, const Rect& visible) {
    layOut();
    const auto measure = canvas();
    Painter painter(measure, gc, visible);
    painter.fill(visible, theme_.colour(Colour::Surface));
    if (!root_) return;
    root_->paint(painter);
    if (ring_) paintRing(painter);
}

void Stage::painted(Moment now) {
    painted_ = true;
    gaze_.painted(targetsIn(inputRoot()), now);
}

void Stage::paintRing(Painter& painter) {
    const auto view = focusView();
    if (!view) return;
    const int width = theme_.length(Length::FocusRing), gap = theme_.length(Length::FocusGap);
    const int radius = view->cornerRadius(theme_) + gap + width;
    const Rect outer = Rect(view->rect()).Inflate(gap + width);
    painter.pushClip(Rect(seen(pathTo(focusId_))).Inflate(gap + width));
    painter.outline(outer, theme_.colour(Colour::Focus), width, radius);
    painter.popClip();
}

ViewRef Stage::inputRoot() const {
    auto top = root_;
    walk(root_, [&](const ViewRef& view) {
        if (view->modal) top = view;
    });
    return top;
}

Path Stage::pathTo(const std::string& id) const {
    Path path;
    if (root_ && !id.empty()) findPath(root_, [&](const View& view) { return view.id == id; }, path);
    return path;
}

ViewRef Stage::find(const std::string& id) const {
    const auto path = pathTo(id);
    return path.empty() ? nullptr : path.back();
}

Path Stage::pathAt(wxPoint point) const {
    Path path;
    if (const auto top = inputRoot()) descend(top, point, path);
    return path;
}

Rect Stage::seen(const Path& path) const {
    if (path.empty()) return {};
    Rect rect = path.back()->rect();
    rect.Intersect(Rect(wxPoint(0, 0), size_));
    for (const auto& view : path)
        if (const Rect clip = view->clip(); !clip.IsEmpty() && view != path.back()) rect.Intersect(clip);
    return rect;
}

}  // namespace tram::kit
