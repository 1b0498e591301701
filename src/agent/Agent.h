#pragma once
#include <memory>
#include <optional>

#include "agent/AlertWatch.h"
#include "agent/Care.h"
#include "agent/HealthWatch.h"
#include "agent/LineState.h"
#include "agent/LogHeads.h"
#include "agent/Packs.h"
#include "agent/Process.h"
#include "agent/Sender.h"
#include "agent/Worker.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::agent {

/// Health is watched from the start; sending and care begin once this kiosk is enrolled and its store opens,
/// and begin anew when it is enrolled anew.
class Agent {
  public:
    Agent(device::KioskConfig config, const base::Clock& clock, SoleAgent& sole);
    ~Agent();
    Agent(const Agent&) = delete;
    Agent& operator=(const Agent&) = delete;
    /// Returns when a stop signal came; everything has ended within a second of it.
    void run(const StopSignals& signals);

  private:
    struct Work;
    void lookAfterWork();
    base::Result<void> begin();
    base::Result<void> repair();
    base::Result<std::shared_ptr<outbox::SqliteOutboxStore>> soundStore();

    device::KioskConfig config_;
    const base::Clock& clock_;
    SoleAgent& sole_;
    LineState line_;
    HealthWatch health_;
    bool checked_ = false;
    std::optional<base::ProblemKind> lastProblem_;
    std::string ground_;
    std::unique_ptr<Work> work_;
    std::unique_ptr<Worker> healthWorker_;
};

}  // namespace tram::agent
