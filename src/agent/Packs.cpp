#include "agent/Packs.h"

#include "agent/Line.h"
#include "base/Log.h"
#include "outbox/RetryRules.h"

namespace tram::agent {

namespace {

constexpr base::Millis kLook{1000};
/// A broken line is tried again soon, and what the city signed wrongly does not bring its gateway down.
constexpr base::Millis kBackoff = std::chrono::seconds(2), kBackoffCap = std::chrono::minutes(10);

}  // namespace

Packs::Packs(const device::KioskConfig& config, device::Enrolment enrolment, crypto::VerifyKey gatewayKey,
             const base::Clock& clock, LineState& line)
    : clock_(clock),
      line_(line),
      poll_(config.contentPoll),
      gateway_(openLine(config, clock, identityOf(std::move(enrolment)))),
      updater_(content::PackStore(config.dataDir, gatewayKey), *gateway_, clock),
      wait_(std::min(kBackoff, config.contentPoll), std::min(kBackoffCap, 2 * config.contentPoll), random_) {}

base::Millis Packs::turn(const std::stop_token&) {
    const auto line = line_.now();
    if (!line.online) return kLook;
    if (line.returns != seenReturns_) {
        seenReturns_ = line.returns;
        wait_.lineIsBack();
        next_ = base::Millis(0);
    }
    const auto now = clock_.boot();
    if (now.sinceBoot >= next_ && wait_.over(now)) update();
    return kLook;
}

void Packs::update() {
    const auto updated = updater_.update();
    const auto now = clock_.boot();
    // Nothing published is no failure: that is asked again like anything.
    const bool fine = updated || updated.error().kind == base::ProblemKind::NotFound;
    if (fine) wait_.succeeded();
    if (!fine) wait_.failed(now, outbox::retryAfter(updated.error()));
    next_ = fine ? now.sinceBoot + every() : base::Millis(0);
    tell(updated);
}

/// Between three quarters and five quarters of it: kiosks that were switched on together drift apart.
base::Millis Packs::every() {
    const auto quarter = std::max<std::int64_t>(poll_.count() / 4, 1);
    return poll_ + base::Millis(std::uniform_int_distribution<std::int64_t>(-quarter, quarter)(random_));
}

/// Said once for each kind of trouble: it may last for days, and what is there stays.
void Packs::tell(const base::Result<bool>& updated) {
    if (updated && *updated) base::log::info("content_updated");
    const auto problem = updated ? std::nullopt : std::optional(updated.error().kind);
    if (problem == base::ProblemKind::Cancelled) return;
    if (problem && problem != lastProblem_) base::log::problem("content_not_updated", updated.error());
    lastProblem_ = problem;
    const bool published = problem != base::ProblemKind::NotFound;
    line_.content(problem && published ? std::string(name(*problem)) : "");
}

}  // namespace tram::agent
