#pragma once
#include "account/AccountFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// *Của tôi*: what somebody who has logged in has, and each part of it on a page of its own. When the
/// login's quarter of an hour is over each page says so and stays where it was.
class AccountScreen final : public Screen {
  public:
    enum class Part { All, News, Appointments, Documents, Details, Consents };
    explicit AccountScreen(Host& host, Part part = Part::All);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Account; }
    bool back() override;
    void covered(bool covered) override;

  private:
    void ask();
    void loggedOut();
    void tellHome();
    Page overview();
    kit::ViewRef partRow(const char* id, const char* icon, kit::TilePair pair, kit::Action onPress,
                         std::string state = {}, kit::Mood mood = kit::Mood::Info);
    kit::Action opens(Part part);
    std::string newsState() const;
    std::string newsOf(wire::MyNotice::About about) const;
    Page over();
    Page asking();
    Page failed(const base::Problem& problem);
    template <class Answer>
    Page partly(const account::Asked<Answer>& asked, Page (AccountScreen::*page)(const Answer&));
    // AccountPages
    Page newsPage(const wire::MyNotices& all);
    Page noNews(const wire::MyNotices& all);
    kit::ViewRef newsRow(const wire::MyNotice& notice);
    Page documentsPage(const wire::MyDocuments& all);
    Page documentPage(const std::string& link);
    kit::ViewRef documentRow(const wire::MyDocument& document, std::size_t at, const std::string& link);
    Page noDocuments(bool noSource);
    Page appointmentsPage(const wire::MyAppointments& all);
    kit::ViewRef appointmentRow(const wire::MyAppointment& one);
    Page detailsPage();
    kit::ViewRef putRight(const wire::MyAccount& account);
    Page consentsPage(const wire::MyConsents& all);
    kit::ViewRef rightRow(const wire::MyRight& right);
    kit::ViewRef consentRow(const wire::MyConsent& consent);
    kit::Action follows(const std::string& code);
    kit::ButtonOptions again();
    bool mayShow(const std::string& link) const;
    std::string fieldName(const std::string& id) const;

    Host& host_;
    Part part_;
    account::AccountFlow flow_;
    std::vector<wire::FeedbackField> fields_;  ///< for their names; empty when they cannot be read
    std::string link_;                         ///< of the document that is taken to the phone; "" for none
    std::shared_ptr<const identity::ResidentSession> askedFor_;
};

}  // namespace tram::screens
