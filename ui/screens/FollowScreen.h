#pragma once
#include "feedback/FollowFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// Following a report by its tracking code; one page for each situation of the flow.
class FollowScreen final : public Screen {
  public:
    explicit FollowScreen(Host& host);
    std::string name() const override;
    Page render() override;
    bool back() override;

  private:
    Page typing(const feedback::situation::TypingCode& state);
    Page asking();
    Page found(const wire::FeedbackStatus& status);
    Page notArrived(bool waitsHere);
    Page failed(const base::Problem& problem);
    void ask();

    Host& host_;
    feedback::FollowFlow flow_;
    std::shared_ptr<kit::TextEdit> code_;
};

}  // namespace tram::screens
