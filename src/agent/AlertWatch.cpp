#include "agent/AlertWatch.h"

#include <array>

#include "agent/Line.h"
#include "base/Log.h"
#include "base/Random.h"

namespace tram::agent {

namespace {

using base::ProblemKind;

constexpr base::Millis kLook{1000};

/// Five seconds, give or take one: a thousand kiosks whose line came back together drift apart.
base::Millis nextLook() {
    std::array<unsigned char, 2> chance{};
    base::fillRandom(chance);
    return base::Millis(4000 + (chance[0] * 256 + chance[1]) % 2000);
}

/// How things stand before the city has a root or a key for alerts.
bool isNotYet(ProblemKind kind) {
    return kind == ProblemKind::NotFound || kind == ProblemKind::FileMissing;
}

}  // namespace

AlertWatch::AlertWatch(const device::KioskConfig& config, device::Enrolment enrolment,
                       const base::Clock& clock, const LineState& line)
    : clock_(clock),
      line_(line),
      store_(config.dataDir, *crypto::VerifyKey::parse(enrolment.answer.gatewayKey)),
      gateway_(openLine(config, clock, identityOf(std::move(enrolment)))),
      cache_(config.dataDir) {}

base::Result<bool> AlertWatch::update() {
    const auto trust = store_.trust();
    if (!trust) return tl::unexpected(trust.error());
    return cache_.update(*gateway_, trust->root(), clock_);
}

/// Each kind of trouble is said once: it may last for days.
base::Millis AlertWatch::turn(const std::stop_token&) {
    if (!line_.now().online) return kLook;
    const auto updated = update();
    if (updated) {
        problem_.reset();
        if (*updated) base::log::info("alerts_updated");
        return nextLook();
    }
    const auto kind = updated.error().kind;
    if (kind != problem_ && kind != ProblemKind::Cancelled && !isNotYet(kind))
        base::log::problem("alerts_not_taken", updated.error());
    problem_ = kind;
    return nextLook();
}

}  // namespace tram::agent
