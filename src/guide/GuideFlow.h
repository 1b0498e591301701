#pragma once
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "form/Guide.h"
#include "outbox/Outbox.h"
#include "wire/GuideTally.h"

namespace tram::guide {

namespace situation {
struct Choosing {};  ///< which phone it is about
struct OnStep {
    const form::GuideStep* step;
};
struct Wifi {};      ///< the ward's, beside a step
struct Troubles {};  ///< what may have gone wrong
struct Trouble {
    const form::GuideTrouble* trouble;
};
struct Fakes {};
struct NoPhone {};
struct Ending {};  ///< how did it go
struct Done {
    const form::GuideOutcome* outcome;
};
}  // namespace situation
using GuideState = std::variant<situation::Choosing, situation::OnStep, situation::Wifi, situation::Troubles,
                                situation::Trouble, situation::Fakes, situation::NoPhone, situation::Ending,
                                situation::Done>;

/// One guide, a step a page, on the UI thread. It knows nothing of who goes through it. Only end() is
/// counted: who leaves before has not said how it went, and leaves no trace.
class GuideFlow {
  public:
    struct Settings {
        std::string guide;  ///< the entry's id
        form::Guide content;
        std::string ward, group;  ///< of the station, for the tally
        wire::LinkHosts hosts = wire::usualLinkHosts();
    };
    GuideFlow(Settings settings, std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
              const base::Clock& clock);

    std::function<void()> onChange;
    const GuideState& state() const { return trail_.back(); }
    const form::Guide& guide() const { return settings_.content; }
    form::Platform platform() const { return platform_; }
    bool asksForPlatform() const { return guide().platforms().size() > 1; }
    /// Only those that can happen on this phone; all, while it is not known.
    std::vector<const form::GuideTrouble*> troubles() const;

    /// Where one stands, and how many there are as it goes on by itself: the choice of phone and the question
    /// at the end are steps too.
    struct Progress {
        int step = 1, steps = 1;
    };
    Progress progress() const;

    /// Where a step's code leads.
    struct Link {
        std::string address;  ///< "" when there is none, or it is not on the station's list
        bool refused = false;
    };
    Link link(const form::GuideStep& step) const;

    void choose(form::Platform platform);  ///< from Choosing to the first step; later, to the same step of it
    void next();                           ///< to the next step, or Ending
    void branch(std::size_t which);
    void wifi() { push(situation::Wifi{}); }
    void lookForTrouble() { push(situation::Troubles{}); }
    void trouble(const form::GuideTrouble& trouble) { push(situation::Trouble{&trouble}); }
    void fakes() { push(situation::Fakes{}); }
    void noPhone() { push(situation::NoPhone{}); }
    void resume();  ///< back to the step from whatever lies over it
    void giveUp();  ///< Ending, from wherever
    bool back();    ///< false on the first page, and when it is over
    bool helped() const { return helped_; }
    void setHelped(bool helped);
    /// From Ending to Done. One tally goes into the outbox, in the background; a station that cannot keep it
    /// counts one less, which is no concern of whoever stands there.
    void end(const form::GuideOutcome& outcome);

  private:
    template <class State>
    const State* at() const {
        return std::get_if<State>(&state());
    }
    void push(GuideState state);
    void go(const form::GuideStep* step);
    const form::GuideStep* lastStep() const;
    int minutes() const;
    wire::GuideTally tally(const form::GuideOutcome& outcome) const;
    void keep(const wire::GuideTally& tally);

    Settings settings_;
    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    base::BootTime began_;
    form::Platform platform_ = form::Platform::Any;
    std::vector<GuideState> trail_;  ///< what back() goes along
    bool helped_ = false;
};

}  // namespace tram::guide
