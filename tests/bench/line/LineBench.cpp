// How fast what was kept gets to the gateway, each figure beside what the machine or the line could do.
#include <httplib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include "LineKiosk.h"
#include "PretendKiosk.h"
#include "SlowLine.h"
#include "outbox/SyncLoop.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t kBatch = 100;

double since(Steady::time_point begun) {
    return std::chrono::duration<double>(Steady::now() - begun).count();
}

/// A city whose own work on the reports, the pretend 1022, takes no part.
test::LiveCity::Options quiet() {
    return {.demo = false};
}

pid_t gatewayOf(const test::LiveCity& city) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline", std::ios::binary);
        const std::string line((std::istreambuf_iterator<char>(file)), {});
        if (line.find("tram-gateway") != std::string::npos &&
            line.find(city.dataDir().string()) != std::string::npos)
            return std::stoi(entry.path().filename());
    }
    FAIL("no gateway");
    return 0;
}

/// proc(5): user and system time, fields 14 and 15; the name before them may hold blanks.
double cpuSeconds(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::string bodyOf(const std::vector<std::string>& envelopes, std::size_t from, std::size_t count) {
    std::string body = "{\"actions\":[";
    for (std::size_t i = from; i < std::min(from + count, envelopes.size()); ++i)
        body += (i == from ? "" : ",") + envelopes[i];
    return body + "]}";
}

std::vector<std::string> readyMade(test::PretendKiosk& kiosk, std::size_t actions, std::size_t batch) {
    std::vector<std::string> envelopes, bodies;
    for (std::size_t i = 0; i < actions; ++i) envelopes.push_back(kiosk.report().envelope);
    for (std::size_t at = 0; at < actions; at += batch) bodies.push_back(bodyOf(envelopes, at, batch));
    return bodies;
}

/// A load tool: posts one body after the other over one connection. Milliseconds each took.
std::vector<double> post(const test::LiveCity& city, const test::PretendKiosk& kiosk,
                         const std::vector<std::string>& bodies, const std::string& from = "127.0.0.1") {
    httplib::Client client("127.0.0.1", city.nginxPort());
    client.set_interface(from);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    client.set_read_timeout(90);
    const httplib::Headers headers{{"Authorization", "Bearer " + kiosk.token}};
    std::vector<double> took;
    for (const auto& body : bodies) {
        const auto begun = Steady::now();
        const auto answer = client.Post("/v1/actions", headers, body, "application/json");
        if (answer && answer->status == 200) took.push_back(since(begun) * 1000);
    }
    return took;
}

void drain(LineKiosk& kiosk, const std::string& url) {
    const base::SystemClock clock;
    const auto line = kiosk.line(url);
    outbox::SyncLoop loop(kiosk.store, *line, clock, {});
    while (loop.step().more) {
    }
    REQUIRE(kiosk.counts().accepted == kiosk.kept.size());
}

void keepPlain(LineKiosk& kiosk, int reports) {
    for (int i = 0; i < reports; ++i) kiosk.keep();
}

double loadSeconds(std::size_t actions, double& cpuMs) {
    test::LiveCity city(quiet());
    test::PretendKiosk kiosk(city);
    const auto bodies = readyMade(kiosk, actions, kBatch);
    const auto gateway = gatewayOf(city);
    const double cpu = cpuSeconds(gateway);
    const auto begun = Steady::now();
    REQUIRE(post(city, kiosk, bodies).size() == bodies.size());
    const double took = since(begun);
    cpuMs = (cpuSeconds(gateway) - cpu) * 1000 / static_cast<double>(actions);
    return took;
}

}  // namespace

TEST_CASE("drain of kept actions over loopback") {
    constexpr int kActions = 10'000;
    double cpuMs = 0;
    const double load = loadSeconds(kActions, cpuMs);
    test::LiveCity city(quiet());
    LineKiosk kiosk(city, city.url());
    keepPlain(kiosk, kActions);
    const auto begun = Steady::now();
    drain(kiosk, city.url());
    const double drained = since(begun);
    std::printf(
        "drain of %d over loopback: %.0f actions/s; ready-made envelopes from a load loop: %.0f actions/s; "
        "ratio %.2f (aim 0.8)\n",
        kActions, kActions / drained, kActions / load, load / drained);
    std::printf("gateway, batches of %zu: %.2f ms CPU an action\n", kBatch, cpuMs);
}

TEST_CASE("drain over 100 ms and 1 Mbit/s") {
    constexpr int kActions = 500;
    test::LiveCity city(quiet());
    const SlowLine::Shape shape;
    SlowLine slow(city.nginxPort(), shape);
    LineKiosk kiosk(city, slow.url());
    keepPlain(kiosk, kActions);
    std::size_t bytes = 0;
    const auto kept = kiosk.store->list({}, kActions).value();
    for (const auto& item : kept) bytes += item.bytes;
    const auto begun = Steady::now();
    drain(kiosk, slow.url());
    const double rate = static_cast<double>(bytes) / since(begun);
    std::printf(
        "drain of %d over a slow line: %.0f bytes/s of envelopes; the line: %.0f bytes/s; ratio %.2f\n",
        kActions, rate, shape.bytesPerSecond, rate / shape.bytesPerSecond);
}

TEST_CASE("from the line's return to the last item sent") {
    constexpr int kActions = 1'000;
    double ignored = 0;
    const double load = loadSeconds(kActions, ignored);
    test::LiveCity city(quiet());
    FaultProxy proxy(city.nginxPort());
    LineKiosk kiosk(city, proxy.url());
    keepPlain(kiosk, kActions);
    proxy.refuse(true);
    kiosk.startAgent();
    REQUIRE(test::eventually([&] { return kiosk.agentState().problem == "no_network"; }));
    std::this_thread::sleep_for(10s);  // so long that the backoff has grown
    const auto begun = Steady::now();
    proxy.refuse(false);
    REQUIRE(test::eventually([&] { return kiosk.counts().accepted == kActions; }, 60s));
    const double took = since(begun);
    kiosk.stopAgent();
    std::printf(
        "line back to the last of %d sent: %.1f s; ready-made envelopes from a load loop: %.1f s; "
        "asked every 2 s\n",
        kActions, took, load);
}

TEST_CASE("the gateway under single posts of many stations") {
    constexpr std::size_t kStations = 8, kEach = 190;  // nginx: 200 at once from a station, then 30 a second
    test::LiveCity city(quiet());
    std::vector<std::unique_ptr<test::PretendKiosk>> kiosks;
    std::vector<std::vector<std::string>> bodies;
    for (std::size_t i = 0; i < kStations; ++i) {
        kiosks.push_back(std::make_unique<test::PretendKiosk>(city));
        bodies.push_back(readyMade(*kiosks.back(), kEach, 1));
    }
    const auto gateway = gatewayOf(city);
    const double cpu = cpuSeconds(gateway);
    std::vector<std::vector<double>> took(kStations);
    const auto begun = Steady::now();
    {
        std::vector<std::jthread> stations;
        for (std::size_t i = 0; i < kStations; ++i)
            stations.emplace_back(
                [&, i] { took[i] = post(city, *kiosks[i], bodies[i], "127.0.1." + std::to_string(i + 1)); });
    }
    const double seconds = since(begun);
    std::vector<double> all;
    for (const auto& each : took) all.insert(all.end(), each.begin(), each.end());
    REQUIRE(all.size() == kStations * kEach);
    std::ranges::sort(all);
    std::printf(
        "gateway, %zu stations, an action a post: %.0f actions/s, p50 %.1f ms, p99 %.1f ms, %.2f ms CPU an "
        "action\n",
        kStations, static_cast<double>(all.size()) / seconds, all[all.size() / 2], all[all.size() * 99 / 100],
        (cpuSeconds(gateway) - cpu) * 1000 / static_cast<double>(all.size()));
}
