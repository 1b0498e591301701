#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>

#include "GatewayRun.h"
#include "Report.h"

using namespace tram;
using namespace tram::kills;

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kKills = 60;
constexpr std::uint32_t kMoreForTheLastPhase = 100;
/// nginx says Retry-After: 5 for a gateway that is not there; 50 times faster that is over in a tenth of a
/// second.
constexpr std::uint32_t kAgentSpeed = 25;

std::vector<Phase> phasesOf(GatewayRun& run) {
    auto all = run.plans().phases();
    all.push_back(Phase::Recovered);
    return all;
}

double secondsSince(Steady::time_point begun) {
    return std::chrono::duration<double>(Steady::now() - begun).count();
}

}  // namespace

TEST_CASE("a gateway is killed anywhere while kiosks send, and nothing is lost or doubled there or at 1022") {
    test::Dice dice("gateway kills");
    CAPTURE(dice.seed());
    GatewayRun run(dice, 4, kAgentSpeed);
    const auto begun = Steady::now();
    const std::uint32_t kills = killsAskedFor(kKills);
    const auto enough = [&] {
        return run.tally().total() >= kills && (run.tally().missed(phasesOf(run)).empty() ||
                                                run.tally().total() >= kills + kMoreForTheLastPhase);
    };
    while (!enough()) run.turn();
    const double took = secondsSince(begun);
    run.close();
    std::cout << fmt::format("{} reports acknowledged, {:.1f} s\n", run.ledger().size(), took)
              << run.tally().text() << std::flush;
    INFO(listed(run.ledger().findings()));
    CHECK(run.ledger().findings().empty());
    INFO(listed(run.tally().missed(phasesOf(run))));
    CHECK(run.tally().missed(phasesOf(run)).empty());
}

// Nothing hurries here: the agent's own pauses, and nginx's Retry-After.
TEST_CASE("an agent goes on by itself when the gateway is back from a kill") {
    test::Dice dice("gateway back");
    CAPTURE(dice.seed());
    GatewayRun run(dice, 1, 1);
    run.turn(run.plans().at(Phase::EnvelopeSynced, How::After));
    CHECK(run.tally().of(Phase::EnvelopeSynced) == 1);
    const auto begun = Steady::now();
    run.startGateway(run.plans().quiet());
    CHECK(run.allSent(std::chrono::seconds(40)));
    std::cout << fmt::format("the last report left {:.1f} s after the gateway's start\n", secondsSince(begun))
              << std::flush;
    run.close();
    INFO(listed(run.ledger().findings()));
    CHECK(run.ledger().findings().empty());
}
