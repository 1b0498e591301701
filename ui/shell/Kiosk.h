#pragma once
#include <wx/frame.h>
#include <wx/timer.h>

#include <memory>
#include <set>
#include <vector>

#include "device/Idle.h"
#include "device/InstalledProgram.h"
#include "identity/FormerLogins.h"
#include "ui/screens/Host.h"
#include "ui/shell/HandScanner.h"
#include "ui/shell/Station.h"
#include "ui/shell/UiScheduler.h"

namespace tram::screens {
struct PapersWork;
}

namespace tram::shell {

/// The frame, its surface and the screens on it: navigation, status bar, keyboard, idle clock, wipe.
class Kiosk final : public wxFrame, public screens::Host {
  public:
    Kiosk(const Options& options, std::unique_ptr<Station> station, base::Words vietnamese,
          base::Words english);
    ~Kiosk() override;

    // screens::Host
    const kit::Theme& theme() const override { return surface_->theme(); }
    std::string tr(std::string_view key) const override { return words().text(key); }
    std::string tr(std::string_view key, const base::Words::Values& values) const override {
        return words().text(key, values);
    }
    std::string trBoth(std::string_view key) const override {
        return vietnamese_.text(key) + " " + english_.text(key);
    }
    const screens::Session& session() const override { return session_; }
    void setSession(screens::Session session) override;
    const screens::Services& services() const override { return *services_; }
    device::AgentState::Link link() const override { return link_; }
    void refresh() override;
    void repaint(const std::string& id) override { surface_->repaint(id); }
    void open(std::unique_ptr<screens::Screen> screen) override;
    void back() override;
    bool handBack(identity::Scanned& read) override;
    void home() override;
    void start() override;
    void endSession() override;
    void leaveField() override { surface_->clearFocus(); }
    void intoField(const std::string& id) override;
    void reveal(std::string id) override;
    bool hasReadAlert(const std::string& key) const override { return readAlerts_.contains(key); }
    void alertRead(const std::string& key) override { readAlerts_.insert(key); }
    void callOfficer() override;
    void holdSession(bool hold) override;
    void signInStaff(base::SecretText badge) override;
    void beginStaff(assist::StaffSession session) override;
    void staffUnlocked() override;
    void nextResident(assist::Disposition disposition) override;
    void lockStaff() override;
    void endStaff() override;

    void openStaff();           ///< the pages of whoever is on duty
    void drawNow() { draw(); }  ///< benches measure what refresh() only asks for
    bool drawsAgain() const { return drawAgain_; }
    kit::Surface& surface() { return *surface_; }
    screens::Screen& screen() { return *stack_.back(); }
    /// The tour puts failures in place of the real ones.
    void useServices(const screens::Services& services) {
        services_ = std::make_unique<screens::Services>(services);
    }
    /// Situations that the tour cannot wait for: a lost line, the countdown.
    struct Forced {
        std::optional<device::AgentState::Link> link;
        int secondsLeft = 0;
    };
    void force(Forced forced);
    /// Called instead of the wipe (tour, tests).
    std::function<void()> onWipe;
    /// *Thoát toàn màn hình*, for who may; nothing where there is none.
    std::function<void()> onLeaveFullScreen;
    bool nobodysSession = false;  ///< the idle clock does not run (tour)

  private:
    const base::Words& words() const { return session_.language == "en" ? english_ : vietnamese_; }
    void draw();
    void scanned(const base::SecretText& text);
    kit::ViewRef compose(screens::Page& page);
    kit::ViewRef keyboardFor(const screens::Page& page);
    void focusFirst(const screens::Page& page);
    void showField(const screens::Page& page);
    void drop(std::unique_ptr<screens::Screen> screen);
    void replaceTheme();
    void followLanguage();
    void tick();
    std::pair<device::Idle::Phase, int> idleNow();
    bool restWantsRestart();
    bool alertsChanged();
    void coverWithAlert();
    void endLoginInTime();
    assist::Duty& duty() const { return *services_->duty; }
    void goOnWithStaff();
    std::shared_ptr<screens::PapersWork> papersWork();
    bool staffInTime();
    void openChecked(std::unique_ptr<screens::Screen> screen);
    bool closed() const;
    void keepDraft();
    void wipe();
    void touched();
    bool countdownStands() const;

    Options options_;
    std::unique_ptr<Station> station_;
    base::Words vietnamese_, english_;
    UiScheduler scheduler_;
    std::unique_ptr<screens::Services> services_;
    screens::Session session_;
    kit::Surface* surface_;
    std::vector<std::unique_ptr<screens::Screen>> stack_, dropped_;
    std::shared_ptr<kit::KeyboardState> keyboard_ = std::make_shared<kit::KeyboardState>();
    device::Idle idle_;
    device::InstalledProgram program_;
    device::Idle::Phase phase_ = device::Idle::Phase::Asleep;
    wxTimer timer_;
    std::string drawnName_, shownField_, clock_;
    int secondsLeft_ = 0;
    Forced forced_;
    device::AgentState::Link link_ = device::AgentState::Link::Offline;
    bool drawAgain_ = false;
    bool counting_ = false;  ///< the countdown is on the page drawn last
    std::optional<identity::FormerLogins> former_;
    std::vector<content::ShownAlert> alerts_;  ///< as last seen
    std::set<std::string> readAlerts_;         ///< their keys
    std::string keptDraft_;                    ///< hash of what was last kept of what is being written
    std::optional<base::BootTime> keptAt_;
    bool lockedHere_ = false;  ///< by hand, with a resident's pages below
    bool wiping_ = false;      ///< it is on its way: nothing is begun any more
    std::unique_ptr<HandScanner> handScanner_;
};

}  // namespace tram::shell
