#pragma once
#include "LiveCity.h"
#include "tests/ui/Robot.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/shell/Kiosk.h"

namespace tram::ui::test {

/// One kiosk in this process, enrolled by the real tool with a real city (gateway behind nginx), its agent
/// beside it.
class Visit {
  public:
    explicit Visit(const std::string& language, wxSize size = {1080, 1920}, int textPercent = 100);
    ~Visit();

    shell::Kiosk& kiosk() { return *kiosk_; }
    Robot& robot() { return *robot_; }
    tram::test::LiveCity& city() { return city_; }
    bool arrives(const std::string& screen, std::chrono::milliseconds limit = std::chrono::seconds(10));
    screens::FeedbackScreen& feedback() { return static_cast<screens::FeedbackScreen&>(kiosk().screen()); }
    /// By key.
    void enter(const std::string& id);
    /// From the attract page into a report, as far as its pictures.
    void toPictures();
    /// From home, by touch and key, a report about drains as far as its page of pictures.
    void typeReport();
    bool shows(const std::string& id) { return kiosk_->surface().find(id) != nullptr; }
    bool wiped() const { return wiped_; }
    /// From nextResident() on.
    void shareFrom(const std::filesystem::path& share) { options_.share = share; }
    void nextResident();  ///< the kiosk after a wipe: nothing of the one before but its data directory
    std::string outboxBytes() const;  ///< everything of the kiosk's data directory

  private:
    void writeConfig(const std::string& language);
    void openStation(bool online);
    void leave();

    tram::test::LiveCity city_;
    tram::test::TempDir dir_;
    tram::test::Child agent_;
    shell::Options options_;
    shell::Kiosk* kiosk_ = nullptr;
    std::unique_ptr<Robot> robot_;
    bool wiped_ = false;
};

/// The same, with another clock and scheduler, which Services only refers to.
screens::Services inTime(const screens::Services& real, const base::Clock& clock, base::Scheduler& scheduler);

/// From the attract page home, with the demo's content.
void beginInCity(Visit& visit);

/// Whether anything on the page says so.
bool says(Visit& visit, const std::string& words);
std::string spoken(Visit& visit, const std::string& id);  ///< "-" when there is no such view

}  // namespace tram::ui::test
