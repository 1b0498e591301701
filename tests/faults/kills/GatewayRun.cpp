#include "GatewayRun.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "KioskRoom.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::kills {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kLook{20};
constexpr int kLooks = 75, kLooksForRecovery = 15;
// A gateway comes to each of them soon: one of the first few, so that a turn is short.
constexpr std::uint32_t kUsualOfEach = 4, kUsualOfAll = 100;

const std::vector<Phase> kTaking = {
    Phase::Reserved,   Phase::PartWritten,     Phase::PartSynced,     Phase::PartNamed, Phase::PartListed,
    Phase::UploadTold, Phase::EnvelopeWritten, Phase::EnvelopeSynced, Phase::Opened,    Phase::Settled,
    Phase::Answered,   Phase::Delivered,       Phase::Numbered};

Plan agentPlan(std::size_t kiosk, std::uint32_t speed) {
    Plan plan{.role = Role::Agent, .speed = speed};
    fmt::format("127.0.1.{}", kiosk + 1).copy(plan.address, sizeof plan.address - 1);
    return plan;
}

/// What a new start finds half done.
bool leavesWorkBehind(const KillFile& page) {
    return page.at == Phase::Opened || (page.at == Phase::EnvelopeSynced && page.how == How::After) ||
           (page.at == Phase::Settled && page.how == How::Before);
}

}  // namespace

struct GatewayRun::Station {
    Station(test::LiveCity& city, const std::filesystem::path& dir, std::size_t place, std::uint32_t speed,
            const base::Clock& clock)
        : unit(city, dir), killSwitch(dir / "agent.page"), quiet(agentPlan(place, speed)) {
        store = outbox::SqliteOutboxStore::open(unit.dataDir()).value();
        outbox = test::openOutbox(unit.dataDir(), store, clock).value();
        killSwitch.arm(quiet);
        agent.emplace(unit.agent(TRAM_AGENT, killSwitch));
    }

    KioskUnit unit;
    KillSwitch killSwitch;
    Plan quiet;
    std::shared_ptr<outbox::SqliteOutboxStore> store;
    std::shared_ptr<outbox::Outbox> outbox;
    std::vector<std::string> open;  ///< codes not yet seen accepted
    std::optional<test::Process> agent;
};

GatewayRun::GatewayRun(test::Dice& dice, std::size_t kiosks, std::uint32_t agentSpeed)
    : dice_(dice),
      switch_(dir_ / "gateway.page"),
      plans_(dice, {.role = Role::Gateway}, kTaking),
      ledger_(city_.dataDir()) {
    for (const Phase phase : kTaking) plans_.expect(phase, kUsualOfEach);
    plans_.expect(Phase::None, kUsualOfAll);
    for (std::size_t place = 0; place < kiosks; ++place)
        stations_.push_back(std::make_unique<Station>(city_, dir_ / fmt::format("kiosk{}", place), place,
                                                      agentSpeed, clock_));
    std::ifstream(city_.dataDir().parent_path() / "port") >> port_;
    REQUIRE(port_ > 0);
    city_.stopGateway(SIGTERM);
}

GatewayRun::~GatewayRun() = default;

/// As LiveCity starts it, but loaded with what may end it; it may be dead before it listens.
void GatewayRun::startGateway(const Plan& plan) {
    switch_.arm(plan);
    gateway_.emplace(
        test::Process::Start{{TRAM_GATEWAY, "serve", "--demo", "--data", city_.dataDir().string(), "--listen",
                              fmt::format("127.0.0.1:{}", port_), "--public-url", city_.url()},
                             switch_.environment(),
                             dir_ / "gateway.log"});
}

void GatewayRun::keep(std::size_t kiosk) {
    Station& station = *stations_[kiosk];
    const auto kept = keepSerial(station.outbox, next_, clock_);
    REQUIRE(kept);
    ledger_.acknowledged(next_++, kept->code.symbols(), kept->kept.id.text());
    station.open.push_back(kept->code.symbols());
}

void GatewayRun::turn() {
    const bool halfDone = switch_.struck() && leavesWorkBehind(switch_.page());
    if (halfDone && (tally_.of(Phase::Recovered) == 0 || dice_.oneIn(2)))
        return turn(plans_.at(Phase::Recovered), kLooksForRecovery);
    turn(plans_.next(), kLooks);
}

void GatewayRun::turn(const Plan& plan, int looks) {
    for (std::size_t kiosk = 0; kiosk < stations_.size(); ++kiosk) keep(kiosk);
    startGateway(plan);
    waitForTheEnd(looks);
    endGateway();
    checkReceipts();
}

/// By its plan, or when patience ends. More reports come while it lives.
void GatewayRun::waitForTheEnd(int looks) {
    for (int look = 1; look <= looks && !gateway_->endedWithin(kLook); ++look)
        if (look % 5 == 0) keep(dice_.between(0, static_cast<std::uint32_t>(stations_.size()) - 1));
}

void GatewayRun::endGateway() {
    const bool byItself = gateway_->outcome().has_value();
    if (gateway_->kill() != -SIGKILL || (byItself && !switch_.struck()))
        ledger_.find(fmt::format("untrue: the gateway ended with {}", *gateway_->outcome()));
    tally_.add(switch_);
    gateway_.reset();
}

/// What the kiosks believe to be there, is there; and their agents live on.
void GatewayRun::checkReceipts() {
    for (auto& station : stations_) {
        std::erase_if(station->open, [&](const std::string& code) {
            const auto item = station->outbox->findByCode(*base::TrackingCode::parse(code));
            const bool accepted = item && *item && (*item)->state == outbox::ItemState::Accepted;
            ledger_.stands(code, item && *item ? std::string(name((*item)->state)) : "unknown");
            return accepted;
        });
        if (station->agent->endedWithin(milliseconds(0))) ledger_.find("stuck: an agent ended");
    }
}

bool GatewayRun::allSent(milliseconds limit) {
    return test::eventually(
        [&] {
            return std::ranges::all_of(stations_, [](const auto& station) {
                const auto counts = station->store->counts();
                return counts && counts->waiting == 0;
            });
        },
        limit);
}

void GatewayRun::close() {
    const auto up = [&] { return city_.send({.path = "/healthz", .outsideContract = true}).status == 200; };
    startGateway(plans_.quiet());
    // Before that a SIGTERM is nobody's to handle.
    if (!test::eventually(up)) ledger_.find("stuck: the gateway does not come up");
    if (!allSent(seconds(60))) ledger_.find("stuck: something still waits");
    checkReceipts();
    const bool settled =
        test::eventually([&] { return test::GatewayBooks::unsettled(city_.dataDir()) == 0; }, seconds(30));
    if (!settled) ledger_.find("stuck at the gateway");
    for (auto& station : stations_) {
        station->agent->stop();
        station->outbox.reset();
        station->store.reset();
    }
    if (const int ended = gateway_->stop(); ended != 0)
        ledger_.find(fmt::format("untrue: the gateway was to stop, and ended with {}", ended));
    test::GatewayBooks::forgetTouched(city_.dataDir());
    startGateway(plans_.quiet());  // it sweeps before it answers
    if (!test::eventually(up)) ledger_.find("stuck: the gateway does not come up");
    gateway_->stop();
    for (auto& station : stations_) ledger_.closeKiosk(station->unit.dataDir());
    ledger_.close();
}

}  // namespace tram::kills
