#include <catch2/catch.hpp>
#include <csignal>

#include "Arrivals.h"
#include "Plans.h"

using namespace tram;
using namespace tram::line;

TEST_CASE("tram doctor tells a gateway that is down from a line that is", "[line]") {
    test::LiveCity city;
    FaultProxy proxy(city.nginxPort());
    LineKiosk kiosk(city, proxy.url());
    const auto says = [&](const char* words) {
        return kiosk.tool({"doctor"}, 1).find(words) != std::string::npos;  // no agent runs: never quite well
    };
    CHECK(says(proxy.url().c_str()));  // "… answers"

    city.stopGateway(SIGTERM);
    CHECK(says("(502)"));
    CHECK(says("tram-gateway"));  // is what to look at
    CHECK_FALSE(says("ca_file"));
    city.startGateway();

    proxy.refuse(true);
    CHECK(says("ca_file"));
    CHECK_FALSE(says("tram-gateway"));
    proxy.refuse(false);

    proxy.plan(firstOfAll(100, portal(200)));
    CHECK(says("Wi-Fi"));
}
