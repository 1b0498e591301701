#pragma once
#include <catch2/catch.hpp>

#include "identity/DeviceLogin.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/LoginStub.h"

namespace tram::test {

using namespace tram::identity;
using namespace std::chrono_literals;
using base::Millis;
using nlohmann::json;

/// Something may happen between an answer's arrival and its delivery.
struct HookedScheduler final : base::Scheduler {
    explicit HookedScheduler(FakeScheduler& scheduler) : inner(scheduler) {}
    void background(Task task) override {
        inner.background([this, task = std::move(task)] {
            task();
            if (afterNext) std::exchange(afterNext, nullptr)();
        });
    }
    void onUi(std::weak_ptr<void> token, Task task) override {
        inner.onUi(std::move(token), std::move(task));
    }
    void after(Millis delay, std::weak_ptr<void> token, Task task) override {
        inner.after(delay, std::move(token), std::move(task));
    }
    FakeScheduler& inner;
    std::function<void()> afterNext;
};

/// One resident before one login; background and UI take turns on the test's own thread.
struct LoginWorld {
    FakeClock clock;
    FakeScheduler scheduler{clock};
    HookedScheduler hooked{scheduler};
    LoginStub gateway{clock};
    std::shared_ptr<link::ResidentLine> line = gateway.line();
    int changes = 0, ticks = 0, held = 0;
    std::unique_ptr<DeviceLogin> login = make();

    std::unique_ptr<DeviceLogin> make() {
        auto keys = std::make_shared<oidc::KeyRing>([line = line] { return line->keySet(); }, clock);
        auto made = std::make_unique<DeviceLogin>(
            DeviceLogin::Services{line, std::move(keys), LoginStub::kKiosk}, hooked, clock);
        made->onChange = [this] { ++changes; };
        made->onTick = [this] { ++ticks; };
        made->onHold = [this](bool hold) { held += hold ? 1 : -1; };
        return made;
    }
    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(login->state());
    }
    template <class Situation>
    const Situation& get() const {
        REQUIRE(is<Situation>());
        return std::get<Situation>(login->state());
    }
    void begin() {
        login->begin();
        scheduler.settle();
    }
    void pass(Millis time) { scheduler.advance(time); }
    void pause() { gateway.polls.push_back(LoginStub::error({{"error", "authorization_pending"}})); }
    void next(const std::string& error) { gateway.polls.push_back(LoginStub::error({{"error", error}})); }
    void deny(const char* reason) {
        gateway.polls.push_back(LoginStub::error({{"error", "access_denied"}, {"reason", reason}}));
    }
    /// Pauses before each question, counted from when the code was shown.
    std::vector<int> pauses(Millis since) const {
        std::vector<int> all;
        Millis before = since;
        for (const Millis at : gateway.polledAt) {
            all.push_back(static_cast<int>((at - before) / 1s));
            before = at;
        }
        return all;
    }
    bool wasRevoked(const std::string& what) const { return gateway.revoked.contains(what); }
};

}  // namespace tram::test
