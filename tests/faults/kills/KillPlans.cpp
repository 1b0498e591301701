#include "KillPlans.h"

namespace tram::kills {

namespace {

constexpr std::uint32_t kAnywhereOneIn = 4;

}  // namespace

void KillPlans::expect(const KillFile& rehearsed) {
    for (std::size_t phase = 0; phase < kPhases; ++phase)
        usual_[static_cast<Phase>(phase)] = rehearsed.seen[phase];
    usual_[Phase::None] = rehearsed.points;
}

Plan KillPlans::next() {
    if (dice_.oneIn(kAnywhereOneIn)) return at(Phase::None);
    if (queue_.empty()) {
        auto all = phases_;
        dice_.shuffle(all);
        queue_.assign(all.begin(), all.end());
    }
    const Phase phase = queue_.front();
    queue_.pop_front();
    return at(phase);
}

Plan KillPlans::at(Phase phase) {
    // Not quite as far as it may get, so that most plans come true.
    const auto nth = dice_.between(1, 1 + usual_[phase] * 3 / 4);
    return at(phase, static_cast<How>(dice_.between(0, 2)), nth);
}

Plan KillPlans::at(Phase phase, How how, std::uint32_t nth) const {
    Plan plan = base_;
    plan.phase = phase;
    plan.how = how;
    plan.nth = nth;
    return plan;
}

}  // namespace tram::kills
