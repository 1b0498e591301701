#include "KioskRun.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

namespace tram::kills {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Half a second's pause of the agent lasts 25 ms; curl's own time stays true.
constexpr std::uint32_t kSpeed = 20;
constexpr seconds kHangs{20};

const std::vector<Phase> kKeeping = {
    Phase::AttachmentOpened, Phase::AttachmentWritten, Phase::AttachmentSynced, Phase::AttachmentNamed,
    Phase::AttachmentListed, Phase::RowWritten,        Phase::RowSynced,        Phase::Told,
    Phase::Checkpoint};
const std::vector<Phase> kSending = {Phase::Asked,        Phase::Upload, Phase::UploadAnswered, Phase::Post,
                                     Phase::Acknowledged, Phase::Marked, Phase::MarkSynced};

struct Pipe {
    Pipe() { REQUIRE(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0); }
    ~Pipe() {
        close(ends[0]);
        close(ends[1]);
    }
    std::string read() const {
        std::string all;
        char piece[4096];
        for (ssize_t got; (got = ::read(ends[0], piece, sizeof piece)) > 0;)
            all.append(piece, static_cast<std::size_t>(got));
        return all;
    }
    int ends[2];
};

}  // namespace

KioskRun::KioskRun(test::Dice& dice, Defects defects)
    : dice_(dice),
      defects_(std::move(defects)),
      kiosk_(city_, dir_ / "kiosk"),
      ledger_(city_.dataDir()),
      keeperSwitch_(dir_ / "keeper.page"),
      agentSwitch_(dir_ / "agent.page"),
      keeping_(dice, {.role = Role::Kiosk}, kKeeping),
      sending_(dice, {.role = Role::Agent, .speed = kSpeed}, kSending) {
    rehearse();
}

/// Once from beginning to end, so that the numbers of the plans fall within what there is.
void KioskRun::rehearse() {
    turn(keeping_.quiet(), sending_.quiet());
    keeping_.expect(keeperSwitch_.page());
    sending_.expect(agentSwitch_.page());
    REQUIRE(ledger_.size() > 0);
    tally_ = {};
}

void KioskRun::turn() {
    const Plan keeper = keeping_.next(), agent = sending_.next();
    turn(keeper, agent);
}

void KioskRun::turn(const Plan& keeperPlan, const Plan& agentPlan) {
    const Pipe told;
    // The last one to close the store empties its log: for that the kiosk must be alone.
    const bool together = keeperPlan.phase != Phase::Checkpoint && keeperPlan.nth != 0 && dice_.oneIn(2);
    std::optional<test::Process> agent;
    if (together) agent.emplace(startAgent(agentPlan));
    auto keeper = startKeeper(keeperPlan, told.ends[1]);
    endKeeper(keeper);
    const auto rests = together ? agentSwitch_.page().rests.load() + 1 : 0;
    ledger_.hear(told.read());
    if (!agent) agent.emplace(startAgent(agentPlan));
    endAgent(*agent, agentPlan, rests);
}

test::Process KioskRun::startKeeper(const Plan& plan, int told) {
    const auto receipts = dir_ / "receipts";
    std::ofstream list(receipts, std::ios::trunc);
    for (const auto& code : ledger_.receipts()) list << code << '\n';
    list.close();
    while (defects_.sendAgain && next_ > 1 && !ledger_.knows(next_ - 1)) --next_;
    reports_ = dice_.between(2, 3);
    keeperSwitch_.arm(plan);
    std::vector<std::string> arguments = {"--receipts",          receipts.string(), "--first",
                                          std::to_string(next_), "--reports",       std::to_string(reports_)};
    if (!defects_.keeper.empty()) arguments.insert(arguments.end(), {"--defect", defects_.keeper});
    next_ += reports_;
    return kiosk_.keeper(keeperSwitch_, arguments, told);
}

test::Process KioskRun::startAgent(Plan plan) {
    // A fleet's worth of starts in a minute: nginx counts requests by address.
    const auto address = fmt::format("127.0.{}.{}", 1 + starts_ / 200 % 200, 1 + starts_ % 200);
    address.copy(plan.address, sizeof plan.address - 1);
    ++starts_;
    agentSwitch_.arm(plan);
    return kiosk_.agent(defects_.agent.empty() ? TRAM_AGENT : defects_.agent, agentSwitch_);
}

void KioskRun::endKeeper(test::Process& keeper) {
    if (!keeper.endedWithin(kHangs)) {
        keeper.kill();
        return ledger_.find("stuck: the keeper does not come to its end");
    }
    if (keeperSwitch_.struck()) return tally_.add(keeperSwitch_);
    if (keeper.outcome() != 0)
        ledger_.find(fmt::format("untrue: the keeper ended with {}", *keeper.outcome()));
}

/// By its plan; or, when it has nothing left to do, where it stands.
void KioskRun::endAgent(test::Process& agent, const Plan& plan, std::uint32_t restsBefore) {
    const auto resting = [&] { return agentSwitch_.page().rests > restsBefore; };
    const auto until = std::chrono::steady_clock::now() + kHangs;
    while (!agent.endedWithin(milliseconds(2)) && !resting())
        if (std::chrono::steady_clock::now() > until) {
            ledger_.find("stuck: the agent neither ends nor rests");
            break;
        }
    if (plan.nth == 0 && !agent.outcome()) return agent.stop(), void();
    if (!agent.outcome()) agent.kill();
    if (agent.outcome() == -SIGKILL)
        tally_.add(agentSwitch_);
    else if (defects_.agent.empty())
        ledger_.find(fmt::format("untrue: the agent ended with {}", *agent.outcome()));
}

void KioskRun::finish() {
    if (!drain(kiosk_, agentSwitch_, sending_.quiet()))
        ledger_.find("stuck: the agent did not send everything and end");
    const bool settled =
        test::eventually([&] { return test::GatewayBooks::unsettled(city_.dataDir()) == 0; }, seconds(30));
    if (!settled) ledger_.find("stuck at the gateway");
    city_.stopGateway(SIGTERM);
    test::GatewayBooks::forgetTouched(city_.dataDir());
    city_.startGateway();  // it sweeps as it starts
    city_.stopGateway(SIGTERM);
}

void KioskRun::judge(Ledger& ledger) const {
    ledger.closeKiosk(kiosk_.dataDir());
    ledger.close();
}

}  // namespace tram::kills
