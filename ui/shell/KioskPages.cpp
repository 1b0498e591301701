// Of the kiosk's work how pages come and go.
#include "ui/screens/CallScreen.h"
#include "ui/screens/HomeScreen.h"
#include "ui/screens/ScanScreen.h"
#include "ui/screens/staff/ConsentScreen.h"
#include "ui/screens/staff/NotThisRoleScreen.h"
#include "ui/shell/Kiosk.h"

namespace tram::shell {

void Kiosk::drop(std::unique_ptr<screens::Screen> screen) {
    // The press that led here may still run inside that screen; a camera must not wait for that.
    screen->covered(true);
    dropped_.push_back(std::move(screen));
    CallAfter([this] { dropped_.clear(); });
}

void Kiosk::open(std::unique_ptr<screens::Screen> screen) {
    if (closed() && !screen->standsOverLock()) return;
    const auto errand = duty().active() ? screen->helpedErrand() : std::nullopt;
    if (!errand) return openChecked(std::move(screen));
    switch (duty().hindrance(*errand)) {
        case assist::Helping::Hindrance::NeedsFile:
        case assist::Helping::Hindrance::NeedsConsent:
            return openChecked(std::make_unique<screens::ConsentScreen>(*this, std::move(screen)));
        case assist::Helping::Hindrance::NotThisRole:
        case assist::Helping::Hindrance::SessionLocked:
            return openChecked(std::make_unique<screens::NotThisRoleScreen>(*this));
        case assist::Helping::Hindrance::None:
            break;
    }
    duty().did(*errand);
    openChecked(std::move(screen));
}

void Kiosk::openChecked(std::unique_ptr<screens::Screen> screen) {
    surface_->clearFocus();
    this->screen().covered(true);
    stack_.push_back(std::move(screen));
    this->screen().covered(false);
    refresh();
}

void Kiosk::back() {
    surface_->clearFocus();
    if (!screen().back() && stack_.size() > 2) {
        drop(std::move(stack_.back()));
        stack_.pop_back();
        screen().covered(false);
    }
    refresh();
}

bool Kiosk::handBack(identity::Scanned& read) {
    const auto waits =
        std::find_if(stack_.rbegin(), stack_.rend(), [&](const auto& one) { return one->waitsFor(read); });
    if (waits == stack_.rend()) return false;
    auto& taker = **waits;
    const auto* before = &screen();
    surface_->clearFocus();
    for (; &screen() != &taker && !screen().goesOn(); stack_.pop_back()) drop(std::move(stack_.back()));
    if (&screen() != before) screen().covered(false);
    return taker.scanned(read);
}

void Kiosk::home() {
    if (closed()) return;
    surface_->clearFocus();
    while (stack_.size() > 2) {
        drop(std::move(stack_.back()));
        stack_.pop_back();
    }
    screen().covered(false);
    refresh();
}

void Kiosk::start() {
    if (stack_.size() != 1) return;
    if (station_->config().role == device::StationRole::Kiosk)
        open(std::make_unique<screens::HomeScreen>(*this));
    else
        signInStaff({});
}

/// From any page, the attract page too: a hand scanner is used before anybody reads what to press.
void Kiosk::scanned(const base::SecretText& text) {
    auto read = services_->readScanned(text.reveal());
    if (stack_.size() == 1 && std::holds_alternative<identity::StaffBadge>(read))
        return screens::openScanned(*this, std::move(read));
    if (closed()) return static_cast<void>(screen().scanned(read));
    start();
    if (std::holds_alternative<identity::CitizenCard>(read)) duty().identify(assist::Identified::ByCard);
    if (!screen().scanned(read) && !handBack(read)) screens::openScanned(*this, std::move(read));
}

void Kiosk::intoField(const std::string& id) {
    surface_->focus(id, false);
    refresh();
}

void Kiosk::reveal(std::string id) {
    refresh();
    CallAfter([this, id = std::move(id)] { surface_->scrollTo(id); });
}

void Kiosk::callOfficer() {
    open(std::make_unique<screens::CallScreen>(*this));
}

}  // namespace tram::shell
