#include "ui/kit/Inspect.h"

#include <algorithm>

#include "ui/kit/Stage.h"

namespace tram::kit {
namespace {

std::string called(const View& view) {
    if (!view.id.empty()) return view.id;
    const std::string role(name(view.role));
    return view.spokenName.empty() ? role : role + " \"" + view.spokenName.substr(0, 40) + "\"";
}

class Inspector {
  public:
    explicit Inspector(Stage& stage) : canvas_(stage.canvas()), root_(stage.inputRoot()) {}

    std::vector<std::string> run() {
        if (!root_) return {};
        walk(root_, [this](const ViewRef& view) { one(*view); });
        inside(*root_);
        collect(*root_, root_->rect());
        distances();
        return std::move(faults_);
    }

  private:
    void add(const std::string& what) { faults_.push_back(what); }

    void one(View& view) {
        if (view.rect().IsEmpty()) return;
        if (view.overflows(canvas_)) add(called(view) + ": text does not fit");
        if (!view.isTarget()) return;
        if (std::min(view.rect().width, view.rect().height) < canvas_.theme().target())
            add(called(view) + ": target under 15 mm");
        if (view.spokenName.empty()) add(called(view) + ": no spoken name");
        if (view.id.empty()) add(called(view) + ": target without id");
    }

    void inside(const View& parent) {
        const auto& children = parent.children();
        for (std::size_t i = 0; i < children.size(); ++i) {
            const auto& child = *children[i];
            if (child.rect().IsEmpty()) continue;
            if (parent.clip().IsEmpty() && !parent.rect().Contains(child.rect()))
                add(called(child) + ": outside " + called(parent));
            for (std::size_t k = i + 1; k < children.size() && !parent.layered; ++k)
                if (child.rect().Intersects(children[k]->rect()))
                    add(called(child) + ": overlaps " + called(*children[k]));
            inside(child);
        }
    }

    void collect(View& view, const Rect& clip) {
        const Rect seen = Rect(view.rect()).Intersect(clip);
        if (seen.IsEmpty()) return;
        if (view.isTarget()) targets_.push_back({&view, seen});
        const Rect inner = view.clip().IsEmpty() ? clip : Rect(clip).Intersect(view.clip());
        for (const auto& child : view.children()) collect(*child, inner);
    }

    // Neighbours that can both be hit must be told apart by a finger (UI.md: at least 8 px between them).
    void distances() {
        const int least = canvas_.length(Length::TargetGap);
        for (std::size_t i = 0; i < targets_.size(); ++i)
            for (std::size_t k = i + 1; k < targets_.size(); ++k) {
                const Rect &a = targets_[i].seen, &b = targets_[k].seen;
                if (a.Contains(b) || b.Contains(a)) continue;
                // What is hit between two keys is the nearer one's; they are painted apart.
                if (targets_[i].view->role == Role::Key && targets_[k].view->role == Role::Key) continue;
                if (Rect(a).Inflate(least - 1).Intersects(b))
                    add(called(*targets_[i].view) + ": too close to " + called(*targets_[k].view));
            }
    }

    Canvas canvas_;
    ViewRef root_;
    struct Target {
        const View* view;
        Rect seen;
    };
    std::vector<Target> targets_;
    std::vector<std::string> faults_;
};

void describeBelow(Stage& stage, const ViewRef& view, bool inTarget, const Rect& clip,
                   std::vector<Described>& all) {
    const bool listed =
        view->isTarget() || (!inTarget && view->role != Role::None && view->role != Role::Group);
    if (listed && !view->rect().IsEmpty())
        all.push_back({view->id, view->role, view->spokenName, view->rect(), !clip.Contains(view->rect()),
                       view->focusable(), view->enabled, view->selected});
    Rect inner = clip;
    if (const Rect own = view->clip(); !own.IsEmpty()) inner.Intersect(own);
    // What lies over a target (a card on a map) says more than the target does.
    const bool within = inTarget || (view->isTarget() && !view->layered);
    for (const auto& child : view->children()) describeBelow(stage, child, within, inner, all);
}

}  // namespace

std::vector<Described> describeStage(Stage& stage) {
    std::vector<Described> all;
    stage.layOut();
    if (const auto root = stage.inputRoot()) describeBelow(stage, root, false, stage.root()->rect(), all);
    return all;
}

std::vector<std::string> faultsOf(Stage& stage) {
    stage.layOut();
    return Inspector(stage).run();
}

}  // namespace tram::kit
