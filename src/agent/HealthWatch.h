#pragma once
#include <memory>
#include <stop_token>
#include <string>

#include "agent/LineState.h"
#include "device/KioskConfig.h"
#include "link/GatewayClient.h"

namespace tram::agent {

/// Asks the gateway every two seconds how it is, and tells the kiosk (device::AgentState) and the other
/// workers. Once enrolled, only the gateway of the enrolment counts; until then anybody does.
class HealthWatch {
  public:
    HealthWatch(const device::KioskConfig& config, const base::Clock& clock, LineState& line);
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    void followEnrolment();
    void tell(const std::string& problem);
    std::filesystem::path dataDir_, runtimeDir_;
    std::filesystem::file_time_type enrolled_{};
    const base::Clock& clock_;
    LineState& line_;
    std::unique_ptr<link::GatewayClient> gateway_;
    std::string lastProblem_ = "unknown";
};

}  // namespace tram::agent
