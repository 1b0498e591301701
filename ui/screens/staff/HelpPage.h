#pragma once
#include <array>

#include "ui/screens/staff/StaffScreen.h"
#include "wire/Campaign.h"

namespace tram::screens {

/// *Hỗ trợ người dân*: whom somebody helps now, what they may do for them, and the next one.
class HelpPage final : public StaffPage {
  public:
    explicit HelpPage(Host& host);
    std::string name() const override { return "help"; }
    kit::ViewRef render() override;

  private:
    struct Way;
    kit::ViewRef resident();
    kit::ViewRef ways();
    kit::ViewRef wayButton(const Way& way);
    kit::ViewRef file();
    kit::ViewRef drafts();
    kit::ViewRef ending();
    kit::ViewRef trouble() const;
    kit::ViewRef lockedOut();
    kit::ViewRef week() const;
    void readCampaign();
    bool mayRestore() const;
    void restore(const std::string& id);
    bool goOnWith(base::Result<base::SecretBytes> read);
    void tick();

    Host& host_;
    assist::Disposition disposition_ = assist::Disposition::Helped;
    std::optional<base::Problem> draftTrouble_;
    std::optional<wire::Campaign> campaign_;  ///< the next to end, as the gateway told of it last
    base::Lifetime ticking_, lifetime_;
};

/// "06:21", "1:06:21".
std::string elapsedText(base::Millis elapsed);

}  // namespace tram::screens
