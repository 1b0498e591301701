#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>

#include "KioskRun.h"
#include "Report.h"

using namespace tram;
using namespace tram::kills;

namespace {

constexpr std::uint32_t kKills = 500;
constexpr std::uint32_t kMoreForTheLastPhase = 200;

std::vector<Phase> phasesOf(KioskRun& run) {
    auto all = run.keeping().phases();
    all.insert(all.end(), run.sending().phases().begin(), run.sending().phases().end());
    return all;
}

}  // namespace

// STANDARDS 7.
TEST_CASE("a kiosk and its agent are killed anywhere, and nothing acknowledged is lost or doubled") {
    test::Dice dice("kiosk kills");
    CAPTURE(dice.seed());
    KioskRun run(dice, {});
    const auto begun = std::chrono::steady_clock::now();
    const std::uint32_t kills = killsAskedFor(kKills);
    const auto enough = [&] {
        return run.tally().total() >= kills && (run.tally().missed(phasesOf(run)).empty() ||
                                                run.tally().total() >= kills + kMoreForTheLastPhase);
    };
    while (!enough()) run.turn();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    run.close();
    std::cout << fmt::format("{} reports acknowledged, {:.1f} s\n", run.ledger().size(), took.count())
              << run.tally().text() << std::flush;
    INFO(listed(run.ledger().findings()));
    CHECK(run.ledger().findings().empty());
    INFO(listed(run.tally().missed(phasesOf(run))));
    CHECK(run.tally().missed(phasesOf(run)).empty());
}
