#include "agent/HealthWatch.h"

#include <algorithm>

#include "agent/Line.h"
#include "base/Log.h"
#include "device/AgentState.h"

namespace tram::agent {

namespace {

constexpr base::Millis kEvery{2000};

}  // namespace

HealthWatch::HealthWatch(const device::KioskConfig& config, const base::Clock& clock, LineState& line)
    : dataDir_(config.dataDir),
      runtimeDir_(config.runtimeDir),
      clock_(clock),
      line_(line),
      gateway_(openLine(config, clock, {})) {}

base::Millis HealthWatch::turn(const std::stop_token& stop) {
    const auto begun = clock_.boot().sinceBoot;
    followEnrolment();
    const auto health = gateway_->health();
    if (stop.stop_requested()) return kEvery;
    if (health) {
        line_.online(health->epoch);
    } else {
        line_.offline();
    }
    tell(health ? "" : std::string(name(health.error().kind)));
    return std::max(base::Millis(0), kEvery - (clock_.boot().sinceBoot - begun));
}

void HealthWatch::followEnrolment() {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(dataDir_ / "enrolment.json", error);
    if (error || written == enrolled_) return;
    const auto enrolment = device::Enrolment::load(dataDir_);
    auto key = enrolment ? crypto::VerifyKey::parse(enrolment->answer.gatewayKey) : std::nullopt;
    if (!key) return;
    gateway_->expectGateway(*std::move(key));
    enrolled_ = written;
}

void HealthWatch::tell(const std::string& problem) {
    const auto now = line_.now();
    const device::AgentState state{problem.empty(), problem.empty() ? now.trouble : problem, now.sending,
                                   now.content, clock_.boot()};
    const auto written = state.write(runtimeDir_);
    if (problem == lastProblem_) return;
    lastProblem_ = problem;
    if (!written) base::log::problem("state_not_written", written.error());
    problem.empty() ? base::log::info("online") : base::log::warning("offline");
}

}  // namespace tram::agent
