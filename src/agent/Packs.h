#pragma once
#include <memory>
#include <random>
#include <stop_token>

#include "agent/LineState.h"
#include "content/PackUpdater.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "outbox/LineWait.h"

namespace tram::agent {

/// Keeps the city's packs up to date. A connection and a thread of its own: a pack may take an hour on a poor
/// line.
class Packs {
  public:
    Packs(const device::KioskConfig& config, device::Enrolment enrolment, crypto::VerifyKey gatewayKey,
          const base::Clock& clock, LineState& line);
    ~Packs() { line_.content(""); }
    Packs(const Packs&) = delete;
    Packs& operator=(const Packs&) = delete;
    base::Millis turn(const std::stop_token& stop);
    void interrupt() { gateway_->cancel(); }

  private:
    void update();
    void tell(const base::Result<bool>& updated);
    base::Millis every();

    const base::Clock& clock_;
    LineState& line_;
    base::Millis poll_;
    std::unique_ptr<link::GatewayClient> gateway_;
    content::PackUpdater updater_;
    std::mt19937_64 random_{std::random_device{}()};
    outbox::LineWait wait_;
    base::Millis next_{0};  // since boot
    unsigned seenReturns_ = 0;
    std::optional<base::ProblemKind> lastProblem_;
};

}  // namespace tram::agent
