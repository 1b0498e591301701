// What takes minutes: the kiosk's own login at the real gateway, both on clocks that the test moves.
#include <mutex>

#include "../LiveCity.h"
#include "KioskAt.h"
#include "gateway/http/GatewayServer.h"

using namespace tram;
using namespace tram::test;
using namespace std::chrono_literals;
namespace situation = identity::situation;

namespace {

/// The gateway's threads look at it while the test moves it.
class SharedClock final : public base::Clock {
  public:
    base::WallTime wall() const override {
        const std::lock_guard lock(mutex_);
        return clock_.wall();
    }
    base::BootTime boot() const override {
        const std::lock_guard lock(mutex_);
        return clock_.boot();
    }
    void set(base::WallTime wall) {
        const std::lock_guard lock(mutex_);
        clock_.set(wall);
    }
    void advance(base::Millis by) {
        const std::lock_guard lock(mutex_);
        clock_.advance(by);
    }

  private:
    mutable std::mutex mutex_;
    FakeClock clock_;
};

class Gateway {
  public:
    Gateway() {
        clock.set(base::SystemClock().wall());
        auto config = gateway::GatewayConfig::demo();
        config.dataDir = dir_ / "data";
        config.shareDir = TRAM_SHARE_DIR;
        auto opened = gateway::GatewayServer::open(config, clock);
        REQUIRE(opened);
        server_ = std::move(*opened);
        server_->start();
    }
    ~Gateway() { server_->stop(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
    wire::EnrolmentAnswer enrol(const crypto::SigningKey& key) {
        int code = 0;
        auto text = runAndRead({TRAM_GATEWAY, "enrol-code", "--ward", "27154", "--station", "Trạm", "--data",
                                (dir_ / "data").string()},
                               code);
        while (!text.empty() && text.back() == '\n') text.pop_back();
        const auto typed = wire::EnrolmentCode::parse(text);
        REQUIRE(typed);
        link::GatewayClient client(url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}),
                                   clock, std::nullopt);
        auto answer = client.enrol(*typed, key.verifyKey());
        REQUIRE(answer);
        return *answer;
    }
    SharedClock clock;

  private:
    TempDir dir_;
    std::unique_ptr<gateway::GatewayServer> server_;
};

struct World {
    /// Second by second, the gateway's first.
    void pass(std::chrono::seconds time) {
        for (; time > 0s; time -= 1s) {
            gateway.clock.advance(1s);
            kiosk.scheduler.advance(1s);
        }
    }
    Gateway gateway;
    crypto::SigningKey key = crypto::SigningKey::generate();
    wire::EnrolmentAnswer place = gateway.enrol(key);
    KioskAt kiosk{gateway.url(), place, key};
};

}  // namespace

TEST_CASE("nobody approves, and the code is over at the gateway and at the kiosk") {
    World w;
    w.kiosk.begin();
    w.pass(119s);
    w.kiosk.get<situation::Showing>();
    w.pass(6s);
    w.kiosk.get<situation::Expired>();
    REQUIRE(w.kiosk.login->mayHaveMoreTime());
    w.kiosk.login->moreTime();
    w.kiosk.scheduler.settle();
    w.kiosk.get<situation::Showing>();
}

TEST_CASE("the gateway says itself when a code is over, and when it is asked too fast") {
    World w;
    const auto code = w.kiosk.line->deviceCode(std::string(43, 'n'));
    REQUIRE(code);
    CHECK(code->expiresIn == 120s);
    REQUIRE(code->interval);
    const auto interval = *code->interval;
    const auto answerAfter = [&](base::Millis wait) {
        w.gateway.clock.advance(wait);
        w.kiosk.clock.advance(wait);
        const auto said = w.kiosk.line->poll(code->deviceCode);
        REQUIRE(said);
        return said->index();
    };
    const auto index = [](const link::PollAnswer& of) { return of.index(); };
    CHECK(answerAfter(0s) == index(link::poll::Pending{}));
    CHECK(answerAfter(interval) == index(link::poll::Pending{}));
    CHECK(answerAfter(0s) == index(link::poll::SlowDown{}));
    CHECK(answerAfter(interval) == index(link::poll::SlowDown{}));  // five seconds more since, and again
    CHECK(answerAfter(interval + 10s) == index(link::poll::Pending{}));
    CHECK(answerAfter(110s) == index(link::poll::Expired{}));
}
