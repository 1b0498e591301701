#pragma once
#include <array>

#include "ui/screens/staff/StaffScreen.h"

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
    kit::ViewRef ways(std::size_t from, std::size_t count);
    kit::ViewRef wayButton(const Way& way);
    kit::ViewRef file();
    kit::ViewRef drafts();
    kit::ViewRef ending();
    kit::ViewRef trouble() const;
    void restore(const std::string& id);
    void tick();

    Host& host_;
    assist::Disposition disposition_ = assist::Disposition::Helped;
    std::optional<base::Problem> draftTrouble_;
    base::Lifetime ticking_, lifetime_;
};

/// "06:21", "1:06:21".
std::string elapsedText(base::Millis elapsed);

}  // namespace tram::screens
