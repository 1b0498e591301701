#pragma once
#include <memory>
#include <stop_token>
#include <string>

#include "agent/LineState.h"
#include "device/KioskConfig.h"
#include "link/GatewayClient.h"

namespace tram::agent {

/// Asks the gateway every two seconds how it is, and tells the kiosk (device::AgentState) and the other
/// workers.
class HealthWatch {
  public:
    HealthWatch(const device::KioskConfig& config, const base::Clock& clock, LineState& line);
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    void tell(const std::string& problem);
    std::filesystem::path runtimeDir_;
    const base::Clock& clock_;
    LineState& line_;
    std::unique_ptr<link::GatewayClient> gateway_;
    std::string lastProblem_ = "unknown";
};

}  // namespace tram::agent
