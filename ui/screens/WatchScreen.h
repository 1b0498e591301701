#pragma once
#include "turn/WatchFlow.h"
#include "ui/screens/Host.h"
#include "wire/DossierStatus.h"

namespace tram::screens {

/// *Nhắn khi có kết quả*: a phone for news of one dossier.
class WatchScreen final : public Screen {
  public:
    WatchScreen(Host& host, const wire::DossierStatus& status);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Watch; }
    bool back() override;

  private:
    Page entering();
    Page sending();
    Page watched(const std::string& until);
    Page failed(const base::Problem& problem);
    kit::ViewRef channels();
    std::string consentText() const;
    void giveConsent(bool given);
    bool byMail() const { return flow_.channel() == wire::Channel::Email; }
    std::string issue(turn::WatchIssue which, const char* key) const;

    Host& host_;
    std::string code_, procedure_;
    turn::WatchFlow flow_;
    std::shared_ptr<kit::TextEdit> phone_, mail_;
};

}  // namespace tram::screens
