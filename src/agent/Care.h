#pragma once
#include <memory>
#include <stop_token>

#include "agent/LineState.h"
#include "content/FieldsCache.h"
#include "content/PackStore.h"
#include "content/SignedCache.h"
#include "content/WardCampaigns.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "device/SealingKeys.h"
#include "outbox/OutboxStore.h"

namespace tram::agent {

/// What the line is used for besides sending: 1022's fields, the gateway's sealing keys, the list of the
/// ward's staff, its campaigns, and the heartbeat the city watches its fleet by.
class Care {
  public:
    Care(const device::KioskConfig& config, device::Enrolment enrolment, crypto::VerifyKey contentKey,
         std::shared_ptr<outbox::OutboxStore> store, const base::Clock& clock, const LineState& line);
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    bool due(base::Millis next) const;
    void updateFields();
    void updateSealingKeys();
    void updateStaff();
    void updateCampaigns();
    base::Result<bool> fetchSealingKeys();
    void beat();
    std::filesystem::path dataDir_;
    std::string ward_;
    device::ToldSealingKeys sealing_;
    std::shared_ptr<outbox::OutboxStore> store_;
    const base::Clock& clock_;
    const LineState& line_;
    content::PackStore packs_;
    std::unique_ptr<link::GatewayClient> gateway_;
    content::FieldsCache fields_;
    content::StaffCache staff_;
    content::WardCampaigns campaigns_;
    std::string sealingTag_;
    std::optional<base::ProblemKind> sealingProblem_, staffProblem_, campaignsProblem_;
    unsigned seenReturns_ = 0;
    base::Millis nextFields_{0}, nextBeat_{0}, nextSealing_{0}, nextStaff_{0},
        nextCampaigns_{0};  // since boot
};

}  // namespace tram::agent
