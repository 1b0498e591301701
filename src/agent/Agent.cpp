#include "agent/Agent.h"

#include <sys/stat.h>

#include "base/Files.h"
#include "base/Log.h"
#include "base/ServiceNotify.h"
#include "outbox/StoreRepair.h"

namespace tram::agent {

using base::ProblemKind;
using base::Result;

namespace {

constexpr base::Millis kLook{1000};

/// Says that this process lives while its main thread reads or repairs a whole store, which on a slow disk
/// takes longer than the supervisor waits: killed for it, the agent would begin anew with the same check, for
/// ever.
class Lives {
  private:
    Worker worker_{[](const std::stop_token&) {
                       base::notifyService("WATCHDOG=1");
                       return kLook;
                   },
                   [] {}};
};

/// What the work stands on: the enrolment, the very file the store is, and that nobody suspects it. A store
/// put aside or deleted under us would go on taking our marks while the kiosk's next session fills another
/// one.
std::string groundOf(const device::KioskConfig& config) {
    struct stat store{};
    const bool there = ::stat((config.dataDir / "outbox.db").c_str(), &store) == 0;
    return base::readFile(config.dataDir / "enrolment.json", 1u << 16).value_or("") + "\n" +
           (there ? std::to_string(store.st_dev) + ":" + std::to_string(store.st_ino) : "") + "\n" +
           (outbox::storeSuspected(config.dataDir) ? "suspected" : "");
}

/// Not enrolled yet is how every station begins, and no trouble.
void tellWaiting(const base::Problem& problem) {
    if (problem.kind == ProblemKind::NotEnrolled) return base::log::info("waiting_for_enrolment");
    base::log::problem("waiting_to_begin", problem);
}

}  // namespace

struct Agent::Work {
    Sender sender;
    Care care;
    AlertWatch alerts;
    Packs packs;
    LogHeads logs;
    Worker sending{[this](const std::stop_token& stop) { return sender.turn(stop); },
                   [this] { sender.interrupt(); }};
    Worker caring{[this](const std::stop_token& stop) { return care.turn(stop); },
                  [this] { care.interrupt(); }};
    Worker watching{[this](const std::stop_token& stop) { return alerts.turn(stop); },
                    [this] { alerts.interrupt(); }};
    Worker packing{[this](const std::stop_token& stop) { return packs.turn(stop); },
                   [this] { packs.interrupt(); }};
    Worker logging{[this](const std::stop_token& stop) { return logs.turn(stop); },
                   [this] { logs.interrupt(); }};

    ~Work() {
        sending.requestStop();  // all at once, then each is waited for
        caring.requestStop();
        watching.requestStop();
        packing.requestStop();
        logging.requestStop();
    }
};

Agent::Agent(device::KioskConfig config, const base::Clock& clock, SoleAgent& sole)
    : config_(std::move(config)), clock_(clock), sole_(sole), health_(config_, clock_, line_) {}

Agent::~Agent() = default;

void Agent::run(const StopSignals& signals) {
    healthWorker_ = std::make_unique<Worker>(
        [this](const std::stop_token& stop) { return health_.turn(stop); }, [this] { health_.interrupt(); });
    base::notifyService("READY=1");  // before the store's check, which takes as long as the store is large
    do {
        lookAfterWork();
        base::notifyService("WATCHDOG=1");
    } while (!signals.within(kLook));
    base::notifyService("STOPPING=1");
    base::log::info("stopping");
    healthWorker_->requestStop();
    work_.reset();
    healthWorker_.reset();
    if (checked_) sole_.endedWell();
}

void Agent::lookAfterWork() {
    if (work_ && groundOf(config_) == ground_) return;
    work_.reset();
    const auto begun = begin();
    ground_ = groundOf(config_);
    line_.trouble(begun ? "" : std::string(name(begun.error().kind)));
    if (begun) {
        lastProblem_.reset();
        return base::log::info("working");
    }
    if (begun.error().kind != lastProblem_) tellWaiting(begun.error());
    lastProblem_ = begun.error().kind;
}

Result<void> Agent::begin() {
    const Lives lives;
    if (auto repaired = repair(); !repaired) return repaired;
    auto forSender = device::Enrolment::load(config_.dataDir);
    if (!forSender) return tl::unexpected(forSender.error());
    auto forCare = device::Enrolment::load(config_.dataDir);
    if (!forCare) return tl::unexpected(forCare.error());
    auto forAlerts = device::Enrolment::load(config_.dataDir);
    if (!forAlerts) return tl::unexpected(forAlerts.error());
    auto forPacks = device::Enrolment::load(config_.dataDir);
    if (!forPacks) return tl::unexpected(forPacks.error());
    auto forLogs = device::Enrolment::load(config_.dataDir);
    if (!forLogs) return tl::unexpected(forLogs.error());
    auto contentKey = crypto::VerifyKey::parse(forCare->answer.contentKey);
    auto gatewayKey = crypto::VerifyKey::parse(forCare->answer.gatewayKey);
    if (!contentKey || !gatewayKey) return base::fail(ProblemKind::Malformed);
    auto store = soundStore();
    if (!store) return tl::unexpected(store.error());
    work_.reset(new Work{{config_, *std::move(forSender), *store, clock_, line_},
                         {config_, *std::move(forCare), *std::move(contentKey), *store, clock_, line_},
                         {config_, *std::move(forAlerts), clock_, line_},
                         {config_, *std::move(forPacks), *gatewayKey, clock_, line_},
                         {config_, *std::move(forLogs), *gatewayKey, clock_, line_}});
    return {};
}

/// When somebody, this agent too, found the store damaged: as soon as nobody has it open any more.
Result<void> Agent::repair() {
    if (!outbox::storeSuspected(config_.dataDir)) return {};
    const auto repair = outbox::repairStore(config_.dataDir);
    if (!repair && repair.error().kind == ProblemKind::StoreBusy)
        return base::fail(ProblemKind::StoreDamaged, {{"detail", "in use"}});
    if (!repair) return tl::unexpected(repair.error());
    if (repair->damaged) {
        if (repair->lost) base::log::error("store_was_lost");
        base::log::error("store_put_aside", {{"saved", repair->saved}, {"broken", repair->broken}});
    } else {
        base::log::warning("store_was_sound");
    }
    return {};
}

Result<std::shared_ptr<outbox::SqliteOutboxStore>> Agent::soundStore() {
    auto store = outbox::SqliteOutboxStore::open(config_.dataDir);
    if (!store) return store;
    if (!checked_ && sole_.checkDue()) {
        base::log::info("checking_store");
        if (auto sound = (*store)->quickCheck(); !sound) return tl::unexpected(sound.error());
    }
    checked_ = true;
    return store;
}

}  // namespace tram::agent
