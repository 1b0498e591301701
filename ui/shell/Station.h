#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "base/Clock.h"
#include "content/Alerts.h"
#include "content/City.h"
#include "content/FieldsCache.h"
#include "content/PackStore.h"
#include "content/WardStaff.h"
#include "device/AgentState.h"
#include "device/Enrolment.h"
#include "device/PictureHelper.h"
#include "device/StaffLog.h"
#include "doctor/Parts.h"
#include "ledger/Ledger.h"
#include "link/GatewayClient.h"
#include "link/PhoneUploads.h"
#include "link/ResidentLine.h"
#include "oidc/KeyRing.h"
#include "ui/screens/Host.h"
#include "ui/shell/Options.h"
#include "ui/shell/UiScheduler.h"

namespace tram::shell {

/// Everything behind the screens, put together once: configuration, enrolment, store, line to the gateway,
/// data.
class Station {
  public:
    /// The problem is for the setup page (BadConfig, NotEnrolled, KeyExposed, StoreDamaged, …).
    static base::Result<std::unique_ptr<Station>> open(const Options& options);
    ~Station();

    const device::KioskConfig& config() const { return config_; }
    screens::Services services(base::Scheduler& scheduler);
    /// What the agent last said, and whether it still says anything.
    device::AgentState::Link link() const;
    bool online() const { return link() == device::AgentState::Link::Online; }
    /// Enrolled anew, or told of new sealing keys, since this was opened: the next session wants to know.
    bool enrolmentChanged() const;
    std::filesystem::path staffLog() const { return device::StaffLog(config_.dataDir).directory(); }
    /// Somebody found the store damaged; it is opened no more until the agent has looked at it.
    bool storeSuspected() const;

    /// For staff's page of devices; blocks, from any thread.
    std::function<doctor::Finding(doctor::Part)> examiner() const;

  private:
    Station() = default;
    base::Result<void> openStore();
    base::Result<void> openLines();
    base::Result<std::unique_ptr<link::GatewayClient>> line() const;
    base::Result<void> scanRules();
    base::Result<void> openCity(const std::filesystem::path& share);
    void openAlerts();
    void openMap();
    void openPacks(catalogue::Catalogue catalogue);
    std::shared_ptr<const content::City> city();
    std::unique_ptr<identity::Login> login(base::Scheduler& scheduler) const;
    std::shared_ptr<device::Camera> camera(base::Scheduler& scheduler) const;
    std::shared_ptr<device::Printer> printer(base::Scheduler& scheduler) const;
    std::function<void()> chime(base::Scheduler& scheduler) const;
    base::Result<void> openStaff();
    std::shared_ptr<assist::Duty> duty(base::Scheduler& scheduler);
    bool stillStaff(const assist::StaffSession& session) const;
    base::Result<wire::FeedbackFields> fields() const;

    base::SystemClock clock_;
    device::KioskConfig config_;
    std::string enrolmentStamp_;
    std::optional<device::Enrolment> enrolment_;
    content::WardDirectory wards_;
    std::vector<content::Hotline> hotlines_;
    std::shared_ptr<const rating::Asked> ratings_;
    std::shared_ptr<outbox::Outbox> outbox_;
    std::unique_ptr<link::GatewayClient> gateway_;
    std::mutex gatewayMutex_;  ///< GatewayClient takes one thread at a time; background work has several
    std::shared_ptr<link::ResidentLine> residents_;
    std::shared_ptr<oidc::KeyRing> issuerKeys_;
    std::shared_ptr<link::PhoneUploads> phoneUploads_;
    std::unique_ptr<device::PictureHelper> pictures_;
    std::filesystem::path cameraProgram_, printProgram_;
    identity::ScanRules rules_;
    std::shared_ptr<const content::City> city_;
    std::unique_ptr<content::Alerts> alerts_;
    std::unique_ptr<content::WardStaff> staff_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::optional<content::PackStore> packs_;
    std::shared_ptr<const kit::MapGround> map_;
    std::shared_ptr<survey::TokenKeys> surveyKeys_;
    std::string cityStamp_;  ///< of the packs that city_ was opened with
};

}  // namespace tram::shell
