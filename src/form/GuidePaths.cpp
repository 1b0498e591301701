#include "form/GuidePaths.h"

#include <algorithm>
#include <set>

namespace tram::form {

namespace {

class Paths {
  public:
    Paths(const Guide& guide, std::string at, std::vector<Fault>& faults)
        : guide_(guide), at_(at.empty() ? "" : at + '.'), faults_(faults) {}

    bool targetsAreThere() {
        for (const auto& step : guide_.steps) {
            if (!step.to.empty()) target(step, step.to, "goto");
            for (std::size_t i = 0; i < step.branches.size(); ++i)
                target(step, step.branches[i].to, "branches[" + std::to_string(i) + "].goto");
        }
        return told_.empty();
    }

    void walk(Platform platform) {
        const auto* first = guide_.first(platform);
        if (!first) return tell(at_ + "steps", "guide_no_steps");
        std::set<const GuideStep*> reached;
        reach(*first, platform, reached);
        // What ends at once, then what leads to one of those, until nothing is added.
        std::set<const GuideStep*> ends;
        for (bool more = true; more;) {
            more = false;
            for (const auto* step : reached)
                if (!ends.contains(step) && endsBy(*step, platform, ends)) more = ends.insert(step).second;
        }
        for (const auto& step : guide_.steps) {
            if (!isFor(step.platform, platform)) continue;
            if (!reached.contains(&step)) tell(place(step), "guide_unreached");
            if (reached.contains(&step) && !ends.contains(&step)) tell(place(step), "guide_endless");
        }
    }

  private:
    std::string place(const GuideStep& step) const {
        return at_ + "steps[" + std::to_string(&step - guide_.steps.data()) + "]";
    }

    void tell(const std::string& at, const char* expected) {
        if (told_.insert(at).second) faults_.push_back({at, 0, expected});
    }

    /// What is for one kind of phone leads nobody else there.
    void target(const GuideStep& from, const std::string& to, const std::string& member) {
        if (to == Guide::kEnd) return;
        const auto* step = guide_.step(to);
        const bool fits = step && (step->platform == Platform::Any || step->platform == from.platform);
        if (!fits) tell(place(from) + '.' + member, step ? "guide_other_phone" : "guide_goto");
    }

    std::vector<const GuideStep*> after(const GuideStep& step, Platform platform) const {
        std::vector<const GuideStep*> all = {guide_.after(step, platform)};
        for (const auto& branch : step.branches) all.push_back(guide_.next(branch.to));
        return all;
    }

    void reach(const GuideStep& from, Platform platform, std::set<const GuideStep*>& reached) const {
        if (!reached.insert(&from).second) return;
        for (const auto* step : after(from, platform))
            if (step) reach(*step, platform, reached);
    }

    bool endsBy(const GuideStep& step, Platform platform, const std::set<const GuideStep*>& ends) const {
        return std::ranges::any_of(after(step, platform),
                                   [&](const GuideStep* next) { return !next || ends.contains(next); });
    }

    const Guide& guide_;
    std::string at_;
    std::vector<Fault>& faults_;
    std::set<std::string> told_;
};

}  // namespace

void checkPaths(const Guide& guide, const std::string& at, std::vector<Fault>& faults) {
    Paths paths(guide, at, faults);
    if (!paths.targetsAreThere()) return;
    for (const auto platform : guide.platforms()) paths.walk(platform);
}

}  // namespace tram::form
