#include "ui/kit/Gaze.h"

#include <algorithm>

namespace tram::kit {
namespace {

constexpr std::size_t kPictures = 16;  // a list that grows row by row while one handler runs
constexpr Moment kNever = Moment::max();

void collect(const ViewRef& view, Rect clip, Gaze::Targets& found) {
    const Rect seen = Rect(view->rect()).Intersect(clip);
    if (view->isTarget() && !seen.IsEmpty())
        found.push_back({view->id, view->spokenName, view->role, view->enabled, seen});
    if (const Rect own = view->clip(); !own.IsEmpty()) clip.Intersect(own);
    for (const auto& child : view->children()) collect(child, clip, found);
}

}  // namespace

Gaze::Targets targetsIn(const ViewRef& root) {
    Gaze::Targets found;
    if (root) collect(root, root->rect(), found);
    return found;
}

void Gaze::turnTo(const std::string& page) {
    page_ = page;
    pictures_.clear();
}

void Gaze::painted(Targets targets, Moment now) {
    if (pictures_.empty()) firstSeen_ = now;
    if (!pictures_.empty() && pictures_.back().targets == targets) return;
    pictures_.push_back({now, std::move(targets)});
    if (pictures_.size() > kPictures) pictures_.pop_front();
}

bool Gaze::knew(Moment when) const {
    return !pictures_.empty() && when >= firstSeen_;
}

Moment Gaze::takesFrom() const {
    return pictures_.empty() ? kNever : firstSeen_ + kGlance;
}

const Gaze::Target* Gaze::under(wxPoint at, Moment when) const {
    const auto later = std::find_if(pictures_.begin(), pictures_.end(),
                                    [&](const Picture& picture) { return picture.since > when; });
    if (pictures_.empty()) return nullptr;
    const auto& targets = later == pictures_.begin() ? later->targets : std::prev(later)->targets;
    const auto found = std::find_if(targets.rbegin(), targets.rend(),
                                    [&](const Target& target) { return target.rect.Contains(at); });
    return found == targets.rend() ? nullptr : &*found;
}

bool Gaze::takes(wxPoint at, Moment when) const {
    if (!understood(when)) return false;
    if (when - last_.when >= kDoubleTap || !last_.target.rect.Contains(at)) return true;
    const auto* now = under(at, when);
    return !now || (last_.page == page_ && now->same(last_.target.id, last_.target.spoken));
}

const Gaze::Target* Gaze::aimedAt(wxPoint at, Moment when) const {
    if (!takes(at, when)) return nullptr;
    const auto* target = under(at, when);
    return target && target->enabled ? target : nullptr;
}

void Gaze::pressed(const Target& target, Moment when) {
    last_ = {page_, target, when};
}

}  // namespace tram::kit
