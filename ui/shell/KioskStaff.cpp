#include "ui/shell/Kiosk.h"

#include <algorithm>

#include "assist/Handover.h"
#include "base/Log.h"
#include "campaign/Poster.h"
#include "crypto/Bytes.h"
#include "ledger/Events.h"
#include "ui/screens/Wording.h"
#include "ui/screens/staff/CampaignPage.h"
#include "ui/screens/staff/DevicesPage.h"
#include "ui/screens/staff/HelpPage.h"
#include "ui/screens/staff/LogPage.h"
#include "ui/screens/staff/PapersPage.h"
#include "ui/screens/staff/QueuePage.h"
#include "ui/screens/staff/ReportsPage.h"
#include "ui/screens/staff/SignInScreen.h"
#include "ui/shell/Hardening.h"

// Of the kiosk's work what has to do with staff: who is on duty, and the next resident.

namespace tram::shell {

using assist::StaffSession;
using screens::StaffSection;

namespace {

/// How often what is being written is kept for whoever helps with it.
constexpr base::Millis kKeepDraftEvery{4000};

}  // namespace

/// What the image before this one left: somebody on duty, whose next resident this is.
void Kiosk::goOnWithStaff() {
    const auto end = takeHandover();
    if (!end) return;
    auto session = assist::Handover::fromPipe(*end, services_->clock.boot());
    if (!session) return base::log::problem("staff_not_taken_over", session.error());
    duty().goOn(std::move(*session));
    openStaff();
    if (!duty().active()) open(std::make_unique<screens::SignInScreen>(*this));
}

/// Of whoever is on duty now; another one begins with a wipe.
std::shared_ptr<screens::PapersWork> Kiosk::papersWork() {
    const device::PageHelper helper(options_.camera);
    const auto clean = [helper](const auto& picture) { return helper.clean(picture); };
    const bool mayIdentity = duty().session() && wire::allows(duty().session()->who().role,
                                                              wire::Permission::CaptureIdentityPaper);
    return std::make_shared<screens::PapersWork>(
        *this, papers::PapersFlow::Services{clean, clean, papers::forgetFile}, mayIdentity);
}

void Kiosk::openStaff() {
    const auto view = [this] {
        const auto* session = duty().session();
        if (!session) return screens::StaffView{};
        const auto counts = services_->outbox->store().counts();
        return screens::StaffView{session->who().name, session->who().unit, session->who().role,
                                  counts ? counts->waiting + counts->needsAttention : 0};
    };
    std::map<StaffSection, screens::StaffScreen::Make> pages{
        {StaffSection::Help, [this] { return std::make_unique<screens::HelpPage>(*this); }},
        {StaffSection::Queue,
         [this, view] {
             return std::make_unique<screens::QueuePage>(
                 *this, view().role, [this](const outbox::Item&, std::optional<outbox::AsideReason> reason) {
                     if (reason)
                         duty().note(ledger::Kind::SetAside,
                                     {{"items", std::int64_t{1}}, {"reason", std::string(name(*reason))}});
                     else
                         duty().note(ledger::Kind::QueueRetried, {{"items", std::int64_t{1}}});
                 });
         }},
        {StaffSection::Campaign,
         [this] {
             const auto& services = *services_;
             return std::make_unique<screens::CampaignPage>(
                 *this,
                 std::make_unique<campaign::CampaignFlow>(
                     services.station.wardCode, content::WardCampaigns(services.config.dataDir),
                     services.outbox, services.scheduler, services.clock),
                 screens::CampaignPage::Calls{
                     [this](const wire::Campaign& one) {
                         const auto& station = services_->station;
                         return campaign::PosterMaker{vietnamese_, english_, station.publicUrl,
                                                      screens::wardName(*services_, station.wardCode)}
                             .sheet(one);
                     },
                     [this](const std::string& outcome) {
                         duty().note(ledger::Kind::AppCounted,
                                     {{"outcome", outcome}, {"platform", std::string("other")}});
                     }});
         }},
        {StaffSection::Reports,
         [this] {
             const auto& services = *services_;
             return std::make_unique<screens::ReportsPage>(
                 *this,
                 std::make_unique<campaign::Report>(services.station.wardCode,
                                                    campaign::KeptReports(services.config.dataDir),
                                                    services.wardReport, services.scheduler, services.clock),
                 screens::ReportsPage::Calls{[this](bool week) {
                     duty().note(ledger::Kind::ReportPrinted, {{"report", std::string(week ? "week" : "day")},
                                                               {"to", std::string("printer")}});
                 }});
         }},
        {StaffSection::Papers,
         [this, work = papersWork()] { return std::make_unique<screens::PapersPage>(*this, work); }},
        {StaffSection::Log,
         [this] {
             duty().note(ledger::Kind::LogShown);
             return std::make_unique<screens::LogPage>(
                 *this,
                 screens::LogPage::Calls{[directory = station_->staffLog()](const auto& filter, auto before) {
                                             return ledger::read(directory, filter, before);
                                         },
                                         services_->staffName});
         }},
        {StaffSection::Devices,
         [this, view] {
             return std::make_unique<screens::DevicesPage>(
                 *this, view(),
                 screens::DevicesPage::Calls{
                     station_->examiner(),
                     onLeaveFullScreen ? kit::Action([this] {
                         duty().note(ledger::Kind::LeftFullScreen);
                         onLeaveFullScreen();
                     })
                                       : nullptr,
                     [this](doctor::Part part, doctor::Verdict verdict) {
                         duty().note(
                             ledger::Kind::DeviceTested,
                             {{"device", std::string(name(part))},
                              {"outcome", std::string(verdict == doctor::Verdict::Bad ? "fails" : "works")}});
                     }});
         }},
    };
    openChecked(std::make_unique<screens::StaffScreen>(
        *this, screens::StaffScreen::Setup{view, std::move(pages), [this] { lockStaff(); }}));
}

void Kiosk::signInStaff(base::SecretText badge) {
    open(std::make_unique<screens::SignInScreen>(*this, std::move(badge)));
}

/// From nobody's page a fresh one goes on here; whoever was helped before ends with a wipe.
void Kiosk::beginStaff(StaffSession session) {
    const bool fresh = !duty().session() && stack_.size() == 2;
    if (duty().session()) {
        duty().finish(assist::Disposition::Left);
        duty().end("another_signed_in");
    }
    duty().begin(std::move(session));
    if (!fresh) return wipe();
    drop(std::move(stack_.back()));
    stack_.pop_back();
    openStaff();
}

/// An alert may have come over the lock meanwhile, and stays.
void Kiosk::staffUnlocked() {
    duty().unlocked();
    lockedHere_ = false;
    const auto lock = std::ranges::find_if(stack_, [](const auto& one) {
        return dynamic_cast<const screens::SignInScreen*>(one.get()) != nullptr;
    });
    if (lock != stack_.end()) {
        const bool onTop = lock->get() == &screen();
        drop(std::move(*lock));
        stack_.erase(lock);
        if (onTop) screen().covered(false);
    }
    refresh();
}

/// A station whose session is locked, or whose staff have not signed in where only they may begin.
bool Kiosk::closed() const {
    if (duty().session()) return !duty().active();
    return station_->config().role != device::StationRole::Kiosk;
}

void Kiosk::nextResident(assist::Disposition disposition) {
    if (wiping_) return;
    duty().finish(disposition);
    wipe();
}

void Kiosk::lockStaff() {
    if (!duty().active()) return;
    screen().covered(true);  // what is sealed by leaving still says who helped
    duty().lock(assist::Duty::Why::Asked);
    lockedHere_ = true;
    openChecked(std::make_unique<screens::SignInScreen>(*this));
}

void Kiosk::endStaff() {
    screen().covered(true);
    if (duty().active()) duty().finish(assist::Disposition::Left);
    duty().end("asked");
    wipe();
}

/// False when it is over: the wipe is on its way. Nobody has been here for half an hour: neither has the
/// resident; what was being written is its owner's to find again.
bool Kiosk::staffInTime() {
    if (!duty().session() || nobodysSession) return true;
    const bool was = duty().active();
    const auto standing = duty().look();
    const bool ended = standing == StaffSession::Standing::Ended;
    const bool revoked = !ended && services_->stillStaff && !services_->stillStaff(*duty().session());
    const bool fellAsleep = was && !duty().active();
    const bool leftLocked =
        lockedHere_ &&
        services_->clock.boot().sinceBoot - duty().session()->lastActivity().sinceBoot >= StaffSession::kIdle;
    if (!ended && !revoked && !fellAsleep && !leftLocked) return true;
    duty().finish(assist::Disposition::Left, assist::Duty::Draft::Keep);
    if (ended || revoked) duty().end(revoked ? "revoked" : "too_long");
    wipe();
    return false;
}

/// A crash or a power cut loses what was written in a few seconds, and no more.
void Kiosk::keepDraft() {
    if (!duty().active()) return;
    const auto now = services_->clock.boot();
    if (keptAt_ && now.sinceBoot - keptAt_->sinceBoot < kKeepDraftEvery) return;
    keptAt_ = now;
    std::optional<base::SecretText> draft;
    for (const auto& one : stack_)
        if (auto written = one->draft()) draft = std::move(written);
    if (!draft) {
        if (!keptDraft_.empty()) duty().dropDraft();
        return keptDraft_.clear();
    }
    auto hash = crypto::sha256Hex(crypto::view(draft->reveal()));
    if (hash == keptDraft_) return;
    keptDraft_ = std::move(hash);
    duty().keepDraft(std::move(*draft));
}

}  // namespace tram::shell
