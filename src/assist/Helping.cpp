#include "assist/Helping.h"

namespace tram::assist {

std::string_view name(Identified how) {
    constexpr std::string_view kNames[] = {"vneid", "card", "none"};
    return kNames[static_cast<std::size_t>(how)];
}

std::string_view name(Disposition disposition) {
    constexpr std::string_view kNames[] = {"helped", "referred", "left", "refused_consent"};
    return kNames[static_cast<std::size_t>(disposition)];
}

Helping::Helping(const base::Clock& clock, std::string desk)
    : clock_(clock), desk_(std::move(desk)), begun_(clock.boot()) {}

void Helping::changed() {
    if (onChange) onChange();
}

base::Millis Helping::elapsed() const {
    const auto now = clock_.boot();
    return now.bootId == begun_.bootId ? now.sinceBoot - begun_.sinceBoot : base::Millis{0};
}

bool Helping::openFile(Identified how) {
    if (file_) return false;
    file_ = File{.identified = how, .openedAt = clock_.wall(), .consent = {}};
    changed();
    return true;
}

bool Helping::identify(Identified how) {
    if (!file_) return false;
    file_->identified = how;
    changed();
    return true;
}

bool Helping::giveConsent(const std::string& version, wire::Handling::How how) {
    if (!file_) return false;
    file_->consent = Consent{version, clock_.wall(), how};
    file_->refused = false;
    changed();
    return true;
}

bool Helping::refuseConsent() {
    if (!file_) return false;
    file_->consent.reset();
    file_->refused = true;
    changed();
    return true;
}

Helping::Hindrance Helping::hindrance(Errand errand, const StaffSession& staff) const {
    if (staff.isLocked()) return Hindrance::SessionLocked;
    if (!staff.may(permissionFor(errand))) return Hindrance::NotThisRole;
    if (!needsFile(errand)) return Hindrance::None;
    if (!file_) return Hindrance::NeedsFile;
    return file_->consent ? Hindrance::None : Hindrance::NeedsConsent;
}

wire::Handling Helping::handling(const StaffSession& staff) const {
    wire::Handling handling{staff.who().id, staff.who().role, desk_, std::nullopt};
    if (file_ && file_->consent)
        handling.consent = wire::Handling::Consent{file_->consent->version,
                                                   base::toRfc3339(file_->consent->at), file_->consent->how};
    return handling;
}

Helping::Ended Helping::next(Disposition disposition) {
    Ended ended{elapsed(), std::exchange(file_, std::nullopt), disposition};
    begun_ = clock_.boot();
    changed();
    return ended;
}

}  // namespace tram::assist
