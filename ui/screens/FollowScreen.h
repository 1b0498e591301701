#pragma once
#include "feedback/FollowFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// Following a report by its tracking code; one page for each situation of the flow.
class FollowScreen final : public Screen {
  public:
    /// `code`: already asked for, when it is known. `secret`: of a receipt's link, when that was scanned.
    /// `title`: key of the words above the state.
    explicit FollowScreen(Host& host, const std::string& code = {}, base::SecretText secret = {},
                          const char* title = "follow.title");
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::LookUp; }
    bool back() override;

  private:
    Page typing(const feedback::situation::TypingCode& state);
    Page asking();
    Page found(const wire::FeedbackStatus& status);
    Page appointment(const wire::AppointmentStatus& status);
    Page notArrived(bool waitsHere);
    Page failed(const base::Problem& problem);
    void ask();

    Host& host_;
    bool direct_;  ///< the code was not typed here: back leads to where it came from
    const char* title_;
    feedback::FollowFlow flow_;
    std::shared_ptr<kit::TextEdit> code_;
};

}  // namespace tram::screens
