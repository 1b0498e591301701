#pragma once
#include "account/AccountFlow.h"
#include "account/RightsFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// The law's rights over one's own data: see, correct, withdraw, delete. A question a page, to a receipt.
class RightsScreen final : public Screen {
  public:
    /// `about`: one report's tracking code, when it is known already.
    explicit RightsScreen(Host& host, std::string about = "");
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Rights; }
    bool back() override;
    bool goesOn() const override;

  private:
    void loggedOut();
    kit::ViewRef heading(const char* key) const;
    kit::ViewRef rightChoice(wire::Right right, const char* icon);
    kit::ViewRef aboutRow(std::string id, std::string about, const char* icon, std::string rowTitle,
                          std::string detail);
    Page rightPage();
    Page aboutPage();
    Page wordsPage();
    Page checkPage();
    Page busyPage();
    Page failedPage(const base::Problem& problem);
    Page receiptPage();
    Page over();
    std::string rightName() const;
    std::string aboutName() const;
    std::string fieldName(const std::string& id) const;

    Host& host_;
    std::vector<wire::FeedbackField> fields_;
    account::AccountFlow mine_;  ///< which reports there are
    account::RightsFlow flow_;
    std::shared_ptr<kit::TextEdit> words_;
    bool tried_ = false;                ///< to go on without words
    bool kept_ = false, seen_ = false;  ///< the receipt is there; it has been there long enough to be read
    base::Lifetime lifetime_;
};

/// What a consent was given for: a report's field, or an appointment.
std::string consentTitle(const Host& host, const wire::MyConsent& consent, const std::string& field);

/// Who is responsible for personal data, and how they are reached, as this station's configuration says.
std::string controllerName(const Host& host);
std::string controllerContact(const Host& host);

}  // namespace tram::screens
