#pragma once
#include <memory>
#include <stop_token>

#include "agent/LineState.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "outbox/SyncLoop.h"

namespace tram::agent {

/// Steps the SyncLoop twice a second and as long as there is more.
class Sender {
  public:
    Sender(const device::KioskConfig& config, device::Enrolment enrolment,
           std::shared_ptr<outbox::OutboxStore> store, const base::Clock& clock, LineState& line);
    ~Sender() { line_.sending(""); }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    void followLine();
    void report(const outbox::SyncLoop::Step& step);
    void tellWhetherItPasses();
    LineState& line_;
    const base::Clock& clock_;
    std::unique_ptr<link::GatewayClient> gateway_;
    outbox::SyncLoop loop_;
    LineState::Now seen_;
    std::optional<base::ProblemKind> lastProblem_;
    std::optional<base::Millis> failsSince_;  ///< since boot
};

}  // namespace tram::agent
