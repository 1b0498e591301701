#pragma once
#include "turn/AppointmentFlow.h"
#include "ui/screens/TurnScreen.h"

namespace tram::screens {

/// *Đặt lịch hẹn*: day, half of it, who, a check, and its receipt.
class AppointmentScreen final : public Screen {
  public:
    AppointmentScreen(Host& host, TurnErrand errand);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Appointment; }
    bool back() override;

    turn::AppointmentFlow& flow() { return flow_; }  ///< for the tour

  private:
    kit::ViewRef heading(const char* key) const;
    kit::ButtonOptions nextButton();
    std::string issue(turn::AppointmentIssue which, const char* key) const;
    Page dayPage();
    Page halfPage();
    Page whoPage();
    Page checkPage();
    Page receiptPage(const turn::AppointmentReceipt& receipt);
    Page keepingPage();
    Page takesNone();
    std::string consentText() const;
    void giveConsent(bool given);
    void fillIn();
    void send();
    void changed();
    std::string place() const;
    std::vector<kit::Fact> facts(bool withName);

    Host& host_;
    TurnErrand errand_;
    turn::AppointmentFlow flow_;
    std::shared_ptr<kit::TextEdit> name_, phone_;
    bool kept_ = false, seen_ = false;  ///< the receipt is there; it has been there long enough to be read
    base::Lifetime lifetime_;
};

/// "Thứ Ba 01/12/2026"
std::string weekdayAndDay(const Host& host, const std::string& day);
/// Its page for a phone.
std::string appointmentLink(const Host& host, const std::string& code);
std::string appointmentIcon(wire::AppointmentState state);
kit::Mood appointmentMood(wire::AppointmentState state);
/// Where it stands, as the receipt and the follow page both show it.
kit::ViewRef appointmentBanner(const Host& host, const wire::AppointmentStatus& status);
kit::ViewRef appointmentFacts(const Host& host, const wire::AppointmentStatus& status);

}  // namespace tram::screens
