#include "agent/Sender.h"

#include "agent/Line.h"
#include "base/Log.h"

namespace tram::agent {

namespace {

constexpr base::Millis kEvery{500};
/// One answer that got lost is no news for a resident.
constexpr base::Millis kPatience{3000};

outbox::SyncLoop::Options optionsFor(const device::KioskConfig& config) {
    outbox::SyncLoop::Options options;
    options.keepAccepted = std::chrono::hours(24) * config.retention.deliveredDays;
    return options;
}

}  // namespace

Sender::Sender(const device::KioskConfig& config, device::Enrolment enrolment,
               std::shared_ptr<outbox::OutboxStore> store, const base::Clock& clock, LineState& line)
    : line_(line),
      clock_(clock),
      gateway_(openLine(config, clock, identityOf(std::move(enrolment)))),
      loop_(std::move(store), *gateway_, clock, optionsFor(config)) {}

base::Millis Sender::turn(const std::stop_token& stop) {
    followLine();
    for (bool more = true; more && !stop.stop_requested();) {
        const auto step = loop_.step();
        report(step);
        more = step.more;
        tellWhetherItPasses();
    }
    return kEvery;
}

void Sender::tellWhetherItPasses() {
    const auto fails = loop_.sendingFails();
    const auto now = clock_.boot().sinceBoot;
    if (!fails) failsSince_.reset();
    if (fails && !failsSince_) failsSince_ = now;
    const bool lasts = fails && now - *failsSince_ >= kPatience;
    line_.sending(lasts ? std::string(name(*fails)) : "");
}

void Sender::followLine() {
    const auto now = line_.now();
    if (now.online && now.returns != seen_.returns) loop_.lineIsBack();
    if (now.online && now.epoch != seen_.epoch) loop_.sawEpoch(now.epoch);
    seen_ = now;
}

void Sender::report(const outbox::SyncLoop::Step& step) {
    if (step.sent > 0) base::log::info("sent", {{"actions", step.sent}});
    const bool news = step.problem && step.problem->kind != lastProblem_;
    if (news && step.problem->kind != base::ProblemKind::Cancelled)
        base::log::problem("not_sent", *step.problem);
    if (step.problem) {
        lastProblem_ = step.problem->kind;
    } else if (step.reached) {
        lastProblem_.reset();
    }
}

}  // namespace tram::agent
