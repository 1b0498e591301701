#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>

#include "tests/ui/kit/Pages.h"
#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

namespace {

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// Aims are for the release build on the kiosk; an unoptimised or sanitized one gets room.
#ifdef __OPTIMIZE__
constexpr double kRoom = 1;
#else
constexpr double kRoom = 4;
#endif

}  // namespace

TEST_CASE(
    "from a press to its paint 16 ms at the 95th percentile, a page change 50 ms") {  // issue 2, figures
    Stand stand({1080, 1920});
    const sample::Models models;
    auto all = sample::pages(models);
    std::vector<double> presses, changes;
    for (int round = 0; round < 5; ++round)
        for (const std::string name : {"home", "feedback", "receipt", "controls"}) {
            all = sample::pages(models);
            const auto start = std::chrono::steady_clock::now();
            stand.surface().show(all.at(name));
            stand.surface().Update();
            changes.push_back(since(start));
        }
    stand.surface().show(all.at("home"));
    stand.settle();
    for (int i = 0; i < 20; ++i) {
        stand.press(stand.surface().centreOf("t" + std::to_string(i % 8 + 1)));
        presses.push_back(stand.surface().lastReactionMs());
        stand.release();
    }
    std::sort(presses.begin(), presses.end());
    std::sort(changes.begin(), changes.end());
    std::cout << "press to painted p95 " << presses[18] << " ms, page change median "
              << changes[changes.size() / 2] << " ms, worst " << changes.back() << " ms\n";
    CHECK(presses[18] <= 16 * kRoom);
    CHECK(changes[changes.size() / 2] <= 50 * kRoom);
}
