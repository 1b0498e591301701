#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "campaign/Progress.h"
#include "content/WardCampaigns.h"
#include "outbox/Outbox.h"
#include "wire/GuideTally.h"

namespace tram::campaign {

namespace situation {
struct Loading {};
struct NotTold {};  ///< the gateway has told this station of none yet, not even that there is none
struct None {};     ///< the ward has none now
struct TooNew {};   ///< a later gateway's: this station has to be brought up to date
struct Unreadable {
    base::Problem problem;
};
struct Choosing {};  ///< one of several
struct Showing {};   ///< campaign()
}  // namespace situation
using CampaignState = std::variant<situation::Loading, situation::NotTold, situation::None, situation::TooNew,
                                   situation::Unreadable, situation::Choosing, situation::Showing>;

/// *Đợt hỗ trợ cài ứng dụng*: how far the ward's campaigns are, as the gateway told of them last, and one tap
/// for each help given away from the station. On the UI thread. What was counted here stands in its figures
/// at once, until the gateway tells anew.
class CampaignFlow {
  public:
    static constexpr base::Millis kUndo{10'000};

    /// The ward: the station's.
    CampaignFlow(std::string ward, content::WardCampaigns cache, std::shared_ptr<outbox::Outbox> outbox,
                 base::Scheduler& scheduler, const base::Clock& clock);
    ~CampaignFlow();  ///< as leave()
    CampaignFlow(const CampaignFlow&) = delete;
    CampaignFlow& operator=(const CampaignFlow&) = delete;

    std::function<void()> onChange;
    const CampaignState& state() const { return state_; }
    const std::vector<wire::Campaign>& campaigns() const { return told_.all; }
    const wire::Campaign* campaign() const;  ///< the one shown; null but in Showing
    /// How old what the gateway told is; 0 by a clock that is behind. Of Choosing, Showing and None.
    base::Millis age() const;

    void open(const std::string& id);  ///< from Choosing
    bool back();                       ///< from Showing to Choosing; false where there is nothing to choose

    // Of the one shown, with what was counted here.
    Progress progress() const;
    Span span() const;
    std::vector<wire::Campaign::DayCount> line() const;
    struct UnitNow {
        const wire::Campaign::Unit* unit;
        Progress progress;
        bool silent = false;  ///< has told of nothing yet
    };
    std::vector<UnitNow> units() const;                       ///< in the order of the plan
    std::vector<wire::Campaign::Obstacle> obstacles() const;  ///< most often first
    std::int64_t here() const;  ///< how many were helped by taps that the gateway's figures may not have yet

    /// One more who was helped, within 10 s to be taken back; then it is sealed into the outbox. False, and
    /// nothing counted: outside its days, a unit or group that it does not know. `group`: "" for not told.
    bool count(const std::string& unit, const std::string& group);
    /// Somebody who could not be helped; `reason`: a slug, as a guide's outcome has it behind "not_done:".
    bool hinder(const std::string& unit, const std::string& group, const std::string& reason);

    struct Tap {
        std::string campaign, guide, unit, group, outcome;
    };
    const Tap* undoable() const;  ///< the last one, while it may be taken back
    base::Millis undoLeft() const;
    bool undo();
    /// Seals at once what may still be taken back, and waits for it: the process may be gone in a moment.
    /// Some milliseconds a tap.
    void leave();
    /// Why the last tap was not kept; it is counted no more. Until the next one.
    const std::optional<base::Problem>& notKept() const { return notKept_; }

  private:
    struct Counted {
        Tap tap;
        base::WallTime at{};    ///< when it was tapped: its day may be the campaign's last
        base::Millis until{0};  ///< since boot
        bool sealed = false;
    };
    void load();
    void loaded(base::Result<wire::Campaigns> read, std::string stamp);
    void show();
    void look();
    bool add(const std::string& unit, const std::string& group, std::string outcome);
    void sealDue();
    void kept(const Tap& tap, const base::Result<outbox::Outbox::Kept>& result);
    outbox::NewAction actionFor(const Counted& one) const;
    bool isShown(const Tap& tap) const;
    void changed();

    std::string ward_;
    content::WardCampaigns cache_;
    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    CampaignState state_;
    wire::Campaigns told_;
    std::string shown_, stamp_;
    std::deque<Counted> counted_;
    std::optional<base::Problem> notKept_;
    base::Lifetime lifetime_;
};

}  // namespace tram::campaign
