#pragma once
#include "KillPlans.h"
#include "KioskUnit.h"
#include "Ledger.h"
#include "TempDir.h"

namespace tram::kills {

/// A kiosk and its agent on one store, ended and started again, with a city that stays up.
class KioskRun {
  public:
    struct Defects {
        std::string keeper;      ///< its --defect
        std::string agent;       ///< a program instead of the real one
        bool sendAgain = false;  ///< who was told nothing before the end is sent once more
    };
    KioskRun(test::Dice& dice, Defects defects);

    void turn();  ///< both, with plans of their own
    void turn(const Plan& keeper, const Plan& agent);
    /// Everything is sent, settled and swept, and all programs have ended.
    void finish();
    void judge(Ledger& ledger) const;
    void close() {
        finish();
        judge(ledger_);
    }

    Ledger& ledger() { return ledger_; }
    const Tally& tally() const { return tally_; }
    KillPlans& keeping() { return keeping_; }
    KillPlans& sending() { return sending_; }
    std::filesystem::path kioskData() const { return kiosk_.dataDir(); }
    std::filesystem::path gatewayData() const { return city_.dataDir(); }

  private:
    void rehearse();
    test::Process startKeeper(const Plan& plan, int told);
    test::Process startAgent(Plan plan);
    void endKeeper(test::Process& keeper);
    void endAgent(test::Process& agent, const Plan& plan, std::uint32_t restsBefore);

    test::TempDir dir_;
    test::LiveCity city_;
    test::Dice& dice_;
    Defects defects_;
    KioskUnit kiosk_;
    Ledger ledger_;
    KillSwitch keeperSwitch_, agentSwitch_;
    KillPlans keeping_, sending_;
    Tally tally_;
    std::uint32_t next_ = 1, reports_ = 0, starts_ = 0;
};

}  // namespace tram::kills
