// Health answers, and nothing that is sent passes: the kiosk says so, and is used all the same.
#include <catch2/catch.hpp>

#include "Arrivals.h"
#include "Plans.h"

using namespace tram;
using namespace tram::line;
using Kind = Fault::Kind;
using Link = device::AgentState::Link;

namespace {

bool comesTo(const LineKiosk& kiosk, Link link) {
    const base::SystemClock clock;
    return test::eventually([&] { return kiosk.agentState().linkAt(clock.boot()) == link; },
                            std::chrono::seconds(30));
}

}  // namespace

TEST_CASE("while only posts fail the agent says so, and when they pass again too", "[line]") {
    const auto fault = GENERATE(problem(503), portal(403), Fault{Kind::DropBefore});
    test::LiveCity city;
    FaultProxy proxy(city.nginxPort());
    LineKiosk kiosk(city, proxy.url());
    kiosk.startAgent();
    REQUIRE(comesTo(kiosk, Link::Online));
    proxy.plan([fault](const Request& request) { return isPost(request) ? fault : Fault{}; });
    kiosk.keepMany(2);
    CHECK(comesTo(kiosk, Link::SendingFails));
    kiosk.keep();  // nobody is turned away

    proxy.plan([](const Request&) { return Fault{}; });
    CHECK(comesTo(kiosk, Link::Online));
    CHECK(test::eventually([&] { return kiosk.counts().waiting == 0; }, std::chrono::seconds(60)));
    Arrivals(city).checkOnce(kiosk);
    CHECK(kiosk.stopAgent() == 0);
}
