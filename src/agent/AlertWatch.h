#pragma once
#include <memory>
#include <optional>
#include <stop_token>

#include "agent/LineState.h"
#include "content/PackStore.h"
#include "content/SignedCache.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"

namespace tram::agent {

/// Follows the city's emergency alerts, over a line of its own: an upload that takes minutes holds up none.
class AlertWatch {
  public:
    AlertWatch(const device::KioskConfig& config, device::Enrolment enrolment, const base::Clock& clock,
               const LineState& line);
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    base::Result<bool> update();

    const base::Clock& clock_;
    const LineState& line_;
    content::PackStore store_;
    std::unique_ptr<link::GatewayClient> gateway_;
    content::AlertsCache cache_;
    std::optional<base::ProblemKind> problem_;
};

}  // namespace tram::agent
