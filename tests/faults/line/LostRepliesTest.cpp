// The real SyncLoop against the real gateway, fast: answers that get lost, and everything else a line can do.
#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "Arrivals.h"
#include "Dice.h"
#include "Plans.h"
#include "outbox/SyncLoop.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;
using Kind = Fault::Kind;
using Steady = std::chrono::steady_clock;

namespace {

/// Time as it is, but for the waits that nobody sits out.
class HastyClock final : public base::Clock {
  public:
    base::WallTime wall() const override { return real_.wall(); }
    base::BootTime boot() const override {
        auto now = real_.boot();
        now.sinceBoot += skipped_;
        return now;
    }
    void skip(base::Millis time) { skipped_ += time; }

  private:
    base::SystemClock real_;
    base::Millis skipped_{0};
};

/// A station whose sending part runs in this process; each of its waits is over at the next step.
struct Sending {
    explicit Sending(test::LiveCity& city, std::size_t batch)
        : proxy(city.nginxPort()), kiosk(city, proxy.url()) {
        options.backoffBase = 5ms;
        options.backoffCap = kLongestWait;
        options.batchItems = batch;
        restart();
    }
    void restart() {
        loop.reset();
        line = kiosk.line(proxy.url());
        loop = std::make_unique<outbox::SyncLoop>(kiosk.store, *line, clock, options);
    }
    bool done() const { return kiosk.counts().accepted == kiosk.kept.size(); }
    void step() {
        if (!loop->step().more) clock.skip(kLongestWait);
    }
    void stepUntilDone(Steady::time_point limit) {
        while (!done() && Steady::now() < limit) step();
    }
    static constexpr base::Millis kLongestWait{40};
    HastyClock clock;
    FaultProxy proxy;
    LineKiosk kiosk;
    outbox::SyncLoop::Options options;
    std::unique_ptr<link::GatewayClient> line;
    std::unique_ptr<outbox::SyncLoop> loop;
};

void atOnce(std::vector<std::unique_ptr<Sending>>& all, const std::function<void(Sending&)>& work) {
    std::vector<std::jthread> threads;
    for (auto& each : all) threads.emplace_back([&work, sending = each.get()] { work(*sending); });
}

/// Staff, who send off again whatever was put aside.
void retryAll(outbox::OutboxStore& store) {
    const auto aside = store.list(outbox::ItemState::NeedsAttention, 1000);
    if (!aside) return;
    for (const auto& item : *aside) (void)store.retry(item.id);
}

Fault anyFault(test::Dice& dice) {
    switch (dice.between(1, 12)) {
        case 1:
            return {Kind::DropBefore};
        case 2:
        case 3:
            return {Kind::DropAfter};
        case 4:
            return {Kind::Delay, std::chrono::milliseconds(dice.between(1, 40))};
        case 5:
            return {Kind::TruncateRequest};
        case 6:
            return {Kind::TruncateAnswer};
        case 7:
            return {Kind::Duplicate};
        case 8:
            return {Kind::Late};
        case 9:
            return portal(dice.oneIn(2) ? 200 : 302);
        case 10:
            return problem(dice.oneIn(2) ? 429 : 503, dice.oneIn(4) ? "1" : "");
        case 11:
            return problem(static_cast<int>(std::array{401, 409, 425, 500, 502, 504}[dice.between(0, 5)]));
        default:
            return problem(static_cast<int>(std::array{400, 413, 422, 404}[dice.between(0, 3)]));
    }
}

}  // namespace

TEST_CASE("a thousand answers lost after the gateway's commit double nothing", "[line]") {  // STANDARDS 8
    constexpr int kStations = 8, kLost = 125;
    test::LiveCity city;
    std::vector<std::unique_ptr<Sending>> stations;
    std::atomic<int> lost = 0;
    for (int i = 0; i < kStations; ++i) {
        auto& station = *stations.emplace_back(std::make_unique<Sending>(city, 4));
        station.kiosk.keepMany(30);
        // Seven of eight: so the same batch is lost again and again, and yet they get on.
        station.proxy.plan([&lost, mine = 0, posts = 0](const Request& request) mutable -> Fault {
            if (!isPost(request) || mine == kLost || ++posts % 8 == 0) return {};
            ++mine;
            ++lost;
            return {Kind::DropAfter};
        });
    }
    atOnce(stations, [](Sending& station) { station.stepUntilDone(Steady::now() + 200s); });
    CHECK(lost == kStations * kLost);
    const Arrivals arrivals(city);
    for (auto& station : stations) arrivals.checkOnce(station->kiosk);
    arrivals.checkAcceptedOnce(kStations * 30);
}

TEST_CASE("a hundred posts of one action at the same time: accepted once", "[line]") {  // STANDARDS 6
    test::LiveCity city;
    Sending station(city, 1);
    const auto id = station.kiosk.keep();
    const auto envelope = station.kiosk.item(id).envelope;
    std::vector<std::unique_ptr<link::GatewayClient>> lines;
    for (int i = 0; i < 100; ++i) lines.push_back(station.kiosk.line(station.proxy.url()));
    std::atomic<int> accepted = 0, replayed = 0;
    const auto until = Steady::now() + 60s;
    {
        std::vector<std::jthread> threads;
        for (auto& line : lines)
            threads.emplace_back([&] {
                // Who is told to wait, or hears nothing, says it again, as an agent does.
                auto answer = line->postActions({envelope});
                while (!answer && Steady::now() < until) answer = line->postActions({envelope});
                if (!answer) return;
                accepted += answer->results.at(0).verdict == wire::ActionVerdict::Accepted;
                replayed += answer->results.at(0).verdict == wire::ActionVerdict::Replayed;
            });
    }
    CHECK(accepted <= 1);  // none, when the very answer was lost
    CHECK(accepted + replayed == 100);
    station.stepUntilDone(Steady::now() + 60s);
    Arrivals(city).checkOnce(station.kiosk);
}

TEST_CASE("in a storm of all faults everything arrives once", "[line]") {  // STANDARDS 8
    constexpr int kStations = 4, kReports = 75;
    constexpr int kFaults = 110, kStepsOfAProcess = 30;
    constexpr auto kLimit = 300s;
    test::Dice dice("storm");
    CAPTURE(dice.seed());
    test::LiveCity city;
    std::vector<std::unique_ptr<Sending>> stations;
    std::mutex throwing;
    for (int i = 0; i < kStations; ++i) {
        auto& station = *stations.emplace_back(std::make_unique<Sending>(city, 8));
        station.kiosk.keepMany(kReports);
        station.proxy.plan([&, left = kFaults](const Request&) mutable -> Fault {
            const std::lock_guard lock(throwing);
            if (left == 0 || dice.oneIn(2)) return {};
            --left;
            return anyFault(dice);
        });
    }
    atOnce(stations, [&](Sending& station) {
        const auto limit = Steady::now() + kLimit;
        while (!station.done() && Steady::now() < limit) {
            for (int i = 0; i < kStepsOfAProcess && !station.done(); ++i) station.step();
            retryAll(*station.kiosk.store);
            station.restart();  // a new process: it knows only what is written
        }
    });
    const Arrivals arrivals(city);
    std::size_t faults = 0;
    for (auto& station : stations) {
        arrivals.checkOnce(station->kiosk);
        faults += station->proxy.faults();
    }
    arrivals.checkAcceptedOnce(kStations * kReports);
    std::cout << "storm: " << faults << " faults, " << kStations * kReports << " reports\n";
    CHECK(faults > 0);
}
