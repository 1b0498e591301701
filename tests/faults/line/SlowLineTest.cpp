#include "SlowLine.h"

#include <catch2/catch.hpp>

#include "Arrivals.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;

TEST_CASE("over 100 ms and 1 Mbit/s reports and pictures arrive, each byte once", "[line]") {  // STANDARDS 8
    test::LiveCity city;
    SlowLine slow(city.nginxPort(), {});
    LineKiosk kiosk(city, slow.url());
    for (int i = 0; i < 20; ++i) kiosk.keep();
    for (int i = 0; i < 3; ++i) kiosk.keep(1, 80'000);
    std::size_t bytes = 0;
    for (const auto& item : kiosk.store->list({}, 100).value()) bytes += item.bytes;
    const auto begun = std::chrono::steady_clock::now();
    kiosk.startAgent();
    INFO(kiosk.log());
    CHECK(test::eventually([&] { return kiosk.counts().accepted == kiosk.kept.size(); }, 200s));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    CHECK(kiosk.stopAgent() == 0);
    CHECK(took.count() > static_cast<double>(bytes) / 125'000);  // the line is what it says it is
    CHECK(slow.bytesUp() < bytes + 40'000);                      // nothing went twice
    Arrivals(city).checkOnce(kiosk);
}
