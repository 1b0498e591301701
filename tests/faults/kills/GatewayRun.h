#pragma once
#include <memory>
#include <vector>

#include "KillPlans.h"
#include "KioskUnit.h"
#include "Ledger.h"
#include "TempDir.h"
#include "outbox/Outbox.h"

namespace tram::kills {

/// A city whose gateway is ended and started again behind nginx, while kiosks keep reports and their agents
/// send.
class GatewayRun {
  public:
    /// `agentSpeed`: how much faster the agents' own clocks run; 1 leaves them alone.
    GatewayRun(test::Dice& dice, std::size_t kiosks, std::uint32_t agentSpeed);
    ~GatewayRun();

    void turn();
    /// Until the plan comes true, if it takes a while.
    void turn(const Plan& plan) { turn(plan, kPatience); }
    /// Everything arrives; then it is held against what was told.
    void close();
    /// Whether nothing waits at any kiosk within `limit`; without the gateway that cannot be.
    bool allSent(std::chrono::milliseconds limit);
    void keep(std::size_t kiosk);
    void startGateway(const Plan& plan);

    Ledger& ledger() { return ledger_; }
    const Tally& tally() const { return tally_; }
    KillPlans& plans() { return plans_; }

  private:
    struct Station;
    static constexpr int kPatience = 1000;  ///< looks, 20 ms each
    void turn(const Plan& plan, int looks);
    void waitForTheEnd(int looks);
    void checkReceipts();
    void endGateway();

    test::TempDir dir_;
    test::LiveCity city_;
    test::Dice& dice_;
    int port_ = 0;
    base::SystemClock clock_;
    KillSwitch switch_;
    KillPlans plans_;
    Ledger ledger_;
    Tally tally_;
    std::vector<std::unique_ptr<Station>> stations_;
    std::optional<test::Process> gateway_;
    std::uint32_t next_ = 1;
};

}  // namespace tram::kills
