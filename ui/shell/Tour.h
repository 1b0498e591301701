#pragma once
#include <wx/timer.h>

#include <deque>
#include <filesystem>
#include <functional>
#include <string>

#include "ui/screens/staff/StaffFrame.h"
#include "ui/shell/Kiosk.h"

namespace tram::shell {

/// --tour: walks every screen and situation against the running gateway, saves DIR/NN-name.png of each,
/// prints layout faults, and ends the program with 0 only when every stop was reached and no page has a
/// fault.
class Tour {
  public:
    Tour(Kiosk& kiosk, std::filesystem::path dir);

    struct Stop {
        std::string name;
        std::function<void()> go;
        std::function<bool()> arrived;
    };

  private:
    void plan();
    void planHelp();
    void planReport();
    void planOutcomes();
    void planFollow();
    void planLogin();
    void planLoggedIn();
    void planDossier();  // TourDossier
    void planMyDossiers();
    void planPrinting();
    void asksDossier(base::Result<wire::DossierStatus> answer);
    void asksMyDossiers(base::Result<wire::MyDossiers> answer);
    void planAlerts();
    void alertsAre(std::vector<content::ShownAlert> alerts);
    void planCity();
    void planSurvey();  // TourSurvey
    void planGuide();   // TourGuide
    void planTurns();   // TourTurn
    void planAppointments();
    void planWatch();
    void asksQueue(base::Result<wire::TurnBoard> board);
    void planMine();  // TourMine
    void mineIs(account::MyLine mine);
    void planRating();  // TourRating
    void planStaff();   // TourStaff
    void opensStaff(screens::StaffView who, screens::StaffSection first);
    void planDuty();
    void onDuty(wire::StaffRole role);
    void planPapers();
    void takesPapers(bool sheet);
    void planCitySearch();
    void planCityGaps();
    // TourScan
    void planScan();
    // TourCamera
    void planPictures();
    void takesPicture(std::function<void(const device::CameraEvents&)> scene = nullptr);
    void lookAt(std::function<void(const device::CameraEvents&)> scene);
    void step();
    void arrive();
    void finish();

    // the words the plan is made of
    void stop(std::string name, std::function<void()> go, std::function<bool()> arrived = nullptr);
    void press(const std::string& id);
    void type(const std::string& field, const std::string& text);
    bool at(const std::string& screen) const { return kiosk_.screen().name() == screen; }
    bool shows(const std::string& id) const { return kiosk_.surface().find(id) != nullptr; }
    void homeAgain();
    void loginIs(identity::LoginState situation);
    void listsReports(base::Result<link::MyReports> reports);
    void sendAnother();
    const feedback::Receipt* receipt() const;
    void useMemoryOutbox(std::shared_ptr<outbox::OutboxStore> store);

    Kiosk& kiosk_;
    std::filesystem::path dir_;
    screens::Services real_;
    std::shared_ptr<outbox::OutboxStore> memory_;
    std::deque<Stop> stops_;
    bool going_ = false;
    bool printing_ = false;  ///< *In* is to be pressed once it is there
    int waited_ = 0, settled_ = 0, number_ = 0, missed_ = 0, faults_ = 0;
    wxTimer timer_;
    std::string code_;
};

}  // namespace tram::shell
