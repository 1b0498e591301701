#pragma once
#include "campaign/CampaignFlow.h"
#include "paper/Sheet.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// *Đợt hỗ trợ cài ứng dụng*: how far the ward is, what stands in the way, who has told of nothing yet, and
/// one tap for each help that was given away from the station.
class CampaignPage final : public StaffPage {
  public:
    struct Calls {
        std::function<paper::Sheet(const wire::Campaign&)> poster;  ///< null: nothing to print it with
        std::function<void(const std::string& outcome)> counted;    ///< for the log
    };
    CampaignPage(Host& host, std::unique_ptr<campaign::CampaignFlow> flow, Calls calls);

    std::string name() const override { return "campaign"; }
    kit::ViewRef render() override;
    bool back() override;
    /// What was tapped says who helped as long as they are on duty.
    void covered(bool over) override {
        if (over) flow_->leave();
    }

    campaign::CampaignFlow& flow() { return *flow_; }  ///< for tests

  private:
    struct Reason {
        std::string id, label;
    };
    void changed();
    void tick();
    std::vector<Reason> reasons() const;
    std::string unit() const;
    kit::ViewRef nothing(const char* title, const char* what, const char* sign) const;
    kit::ViewRef choosing();
    kit::ViewRef head(const wire::Campaign& campaign);
    kit::ViewRef counting(const wire::Campaign& campaign);
    kit::ViewRef days();
    kit::ViewRef units();
    kit::ViewRef obstacles();

    Host& host_;
    std::unique_ptr<campaign::CampaignFlow> flow_;
    Calls calls_;
    std::string unit_, group_;
    bool hindered_ = false;  ///< the reasons stand there
    base::Lifetime ticking_;
};

}  // namespace tram::screens
