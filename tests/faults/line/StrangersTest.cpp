// Somebody else answers in the gateway's place: he hears nothing, and everything goes on when he is gone.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Arrivals.h"
#include "GatewayBooks.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 90s;

bool becomes(const LineKiosk& kiosk, const std::string& problem) {
    return test::eventually(
        [&] {
            const auto state = kiosk.agentState();
            return !state.online && state.problem == problem;
        },
        kPatience);
}

bool allSent(const LineKiosk& kiosk) {
    return test::eventually([&] { return kiosk.counts().accepted == kiosk.kept.size(); }, kPatience);
}

}  // namespace

TEST_CASE("behind a wrong certificate nothing is said at all", "[line]") {  // STANDARDS 8
    const auto good = std::make_shared<Certificate>("IP:127.0.0.1");
    const auto otherName = std::make_shared<Certificate>("IP:127.0.0.2");
    const auto expired = std::make_shared<Certificate>("IP:127.0.0.1", -7200, -3600);
    const auto unknown = std::make_shared<Certificate>("IP:127.0.0.1");
    test::LiveCity city;
    FaultProxy proxy(city.nginxPort());
    proxy.present(good);
    // Trusted are three of them, so that with two of those only the name or the time is wrong.
    LineKiosk kiosk(city, proxy.url(), good->pem() + otherName->pem() + expired->pem());
    kiosk.keepMany(5);
    kiosk.startAgent();
    INFO(kiosk.log());
    CHECK(allSent(kiosk));
    CHECK_FALSE(proxy.seen().empty());

    for (const auto& wrong : {otherName, expired, unknown}) {
        proxy.present(wrong);
        REQUIRE(becomes(kiosk, "untrusted_certificate"));
        proxy.forget();
        kiosk.keepMany(2);
        CHECK(test::eventually([&] { return proxy.connections() >= 3; },
                               kPatience));  // it has tried, more than once
        CHECK(proxy.seen().empty());
        CHECK(kiosk.counts().waiting == 2);
        proxy.present(good);
        CHECK(allSent(kiosk));
        CHECK(test::eventually([&] { return kiosk.agentState().online; }, kPatience));
    }
    CHECK(kiosk.stopAgent() == 0);
    Arrivals(city).checkOnce(kiosk);
}

TEST_CASE("another gateway in its place is asked who it is, and told nothing", "[line]") {
    test::LiveCity city, other;
    FaultProxy proxy(city.nginxPort());
    LineKiosk kiosk(city, proxy.url());
    kiosk.keepMany(5);
    kiosk.startAgent();
    INFO(kiosk.log());
    CHECK(allSent(kiosk));
    CHECK(test::eventually([&] { return kiosk.agentState().online; }, kPatience));
    const auto epoch = kiosk.store->note("epoch").value();

    proxy.leadTo(other.nginxPort());
    REQUIRE(becomes(kiosk, "not_the_gateway"));
    proxy.forget();
    kiosk.keepMany(5);
    CHECK(test::eventually([&] { return proxy.connections() >= 4; }, kPatience));
    for (const auto& request : proxy.seen()) {
        CHECK(request.method + request.path == "GET/healthz");
        CHECK(request.body.empty());
        CHECK_FALSE(request.hasToken());
        CHECK(request.raw().find("client_assertion") == std::string::npos);
    }
    CHECK(kiosk.counts().waiting == 5);
    CHECK(kiosk.store->note("epoch").value() == epoch);
    const auto doctor = kiosk.tool({"doctor"}, 1);
    CHECK(doctor.find(proxy.url()) == std::string::npos);  // it says so only of one that answers
    CHECK(test::GatewayBooks::arrivals(other.dataDir()).empty());

    proxy.leadTo(city.nginxPort());
    CHECK(allSent(kiosk));
    CHECK(kiosk.store->note("epoch").value() == epoch);  // and nothing was offered again
    CHECK(kiosk.stopAgent() == 0);
    const Arrivals arrivals(city);
    arrivals.checkOnce(kiosk);
    arrivals.checkAcceptedOnce(kiosk.kept.size());
    CHECK(city.send({.path = "/metrics"}).body.find("verdict=\"replayed\"") == std::string::npos);
}
