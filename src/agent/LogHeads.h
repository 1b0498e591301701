#pragma once
#include <memory>
#include <optional>
#include <stop_token>

#include "agent/LineState.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "device/StaffLog.h"
#include "link/GatewayClient.h"

namespace tram::agent {

/// Has the gateway acknowledge the newest line of the log of what staff do, and looks through the whole of it
/// at the start and once a day. Over a line of its own: that may take a while.
class LogHeads {
  public:
    LogHeads(const device::KioskConfig& config, device::Enrolment enrolment, crypto::VerifyKey gatewayKey,
             const base::Clock& clock, const LineState& line);
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    void look();
    base::Result<void> send();
    base::Result<void> post(const ledger::Head& head);
    base::Result<std::optional<wire::LogLine>> asked(const std::string& chain);
    base::Result<wire::LogLine> kept(const std::string& dsse, const std::string& chain);
    void tell(const base::Result<void>& sent);

    device::StaffLog log_;
    std::string kiosk_;
    crypto::SigningKey key_;
    crypto::VerifyKey gatewayKey_;
    const base::Clock& clock_;
    const LineState& line_;
    std::unique_ptr<link::GatewayClient> gateway_;
    std::string chain_;                    ///< of which the gateway was asked
    std::optional<wire::LogLine> known_;   ///< its newest acknowledgement of that chain
    std::optional<ledger::Head> refused_;  ///< not sent again
    std::optional<base::ProblemKind> problem_;
    base::Millis nextLook_{0};  // since boot
};

}  // namespace tram::agent
