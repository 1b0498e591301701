#include "doctor/Checks.h"

namespace tram::doctor {

using device::SealingChoice;

namespace {

constexpr std::chrono::days kSoon{30};

}  // namespace

Finding checkSealing(const device::KioskConfig& config, base::WallTime now) {
    const auto enrolment = device::Enrolment::load(config.dataDir);
    if (!enrolment) return {"sealing", "unknown", Verdict::Warning, {}, {}};  // why not is said already
    // Another gateway's word, or a damaged file: the keys of the enrolment are used, and all is told.
    if (enrolment->notTold) return bad("sealing", *enrolment->notTold);
    const auto choice = enrolment->sealing(now);
    if (!choice) return bad("sealing", choice.error());
    const auto left = choice->notAfter - now;
    const base::Words::Values values{
        {"days", std::to_string(std::chrono::floor<std::chrono::days>(std::chrono::abs(left)).count())},
        {"key", choice->key.id()}};
    switch (choice->fit) {
        case SealingChoice::Fit::NotYet:
            return {"sealing", "not_yet", Verdict::Warning, values, {}};
        case SealingChoice::Fit::RunOut:
            return {"sealing", "run_out", Verdict::Warning, values, {}};
        case SealingChoice::Fit::InForce:
            break;
    }
    if (left < kSoon) return {"sealing", "soon", Verdict::Warning, values, {}};
    return good("sealing", values);
}

Finding checkSealingAtGateway(const device::KioskConfig& config, link::GatewayClient& line) {
    const auto enrolment = device::Enrolment::load(config.dataDir);
    const auto told = line.sealingKeys("");
    if (!enrolment || !told || !*told)
        return {"sealing_told", "unknown", Verdict::Warning, {}, {}};  // why not is said already
    const auto key = crypto::VerifyKey::parse(enrolment->answer.gatewayKey);
    const auto statement = wire::SealingStatement::open((*told)->bytes, *key);
    if (!statement) return bad("sealing_told", statement.error());
    const bool taken = enrolment->told && enrolment->told->version == statement->version;
    if (enrolment->told && enrolment->told->version > statement->version)
        return bad("sealing_told", {base::ProblemKind::RolledBack, {}});
    return taken ? good("sealing_told") : Finding{"sealing_told", "newer", Verdict::Warning, {}, {}};
}

}  // namespace tram::doctor
