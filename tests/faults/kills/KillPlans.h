#pragma once
#include <deque>
#include <map>

#include "Dice.h"
#include "KillSwitch.h"

namespace tram::kills {

/// Where a role is to end next: its phases in turn, in an order of chance, so that none is left out; in
/// between, anywhere at all.
class KillPlans {
  public:
    /// `base`: role, speed and address of each plan.
    KillPlans(test::Dice& dice, Plan base, std::vector<Phase> phases)
        : dice_(dice), base_(base), phases_(std::move(phases)) {}

    /// How often a program comes through a phase bounds the numbers; Phase::None: through all of them.
    void expect(Phase phase, std::uint32_t times) { usual_[phase] = times; }
    void expect(const KillFile& rehearsed);
    Plan quiet() const { return base_; }
    Plan next();
    Plan at(Phase phase);
    Plan at(Phase phase, How how, std::uint32_t nth = 1) const;
    const std::vector<Phase>& phases() const { return phases_; }

  private:
    test::Dice& dice_;
    Plan base_;
    std::vector<Phase> phases_;
    std::deque<Phase> queue_;
    std::map<Phase, std::uint32_t> usual_;
};

}  // namespace tram::kills
