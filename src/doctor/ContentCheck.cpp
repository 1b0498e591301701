#include "content/City.h"
#include "content/PackStore.h"
#include "device/AgentState.h"
#include "doctor/Checks.h"

namespace tram::doctor {

namespace {

std::string daysBetween(base::WallTime from, base::WallTime to) {
    return std::to_string(std::chrono::floor<std::chrono::days>(std::max(to, from) - from).count());
}

}  // namespace

/// Nothing of it keeps a report from being sent: what is old or missing here is a warning.
Finding checkContent(const device::KioskConfig& config, base::WallTime now) {
    const auto enrolment = device::readEnrolmentAnswer(config.dataDir);
    const auto key = enrolment ? crypto::VerifyKey::parse(enrolment->gatewayKey) : std::nullopt;
    if (!key) return {"content", "unknown", Verdict::Warning, {}, {}};  // why not is said already
    const auto state = device::AgentState::read(config.runtimeDir);
    const base::Words::Values trouble{{"problem", state ? state->content : ""}};
    const auto current = content::PackStore(config.dataDir, *key).current(now);
    if (!current && current.error().kind != base::ProblemKind::FileMissing)
        return bad("content", current.error());
    if (state && !state->content.empty()) return {"content", "stuck", Verdict::Warning, trouble, {}};
    if (!current) return {"content", "none", Verdict::Warning, {}, {}};
    const base::Words::Values values{{"version", std::to_string(current->version)},
                                     {"days", daysBetween(current->signedAt, now)}};
    if (current->former) return {"content", "former", Verdict::Warning, values, {}};
    if (current->expired) return {"content", "expired", Verdict::Warning, values, {}};
    return good("content", values);
}

std::optional<Finding> checkUnknownKinds(const device::KioskConfig& config, base::WallTime now,
                                         const std::filesystem::path& share) {
    const auto catalogue = catalogue::Catalogue::loadReadable(share / "catalogue");
    const auto enrolment = device::readEnrolmentAnswer(config.dataDir);
    const auto key = enrolment ? crypto::VerifyKey::parse(enrolment->gatewayKey) : std::nullopt;
    if (!key || !catalogue) return std::nullopt;  // why not is said already
    const auto current = content::PackStore(config.dataDir, *key).current(now);
    if (!current) return std::nullopt;
    std::vector<std::filesystem::path> files;
    for (const auto& pack : current->packs) files.push_back(pack.file);
    std::string all;
    for (const auto& one : content::City::open(*catalogue, files).unknownKinds())
        all +=
            (all.empty() ? "" : ", ") + one.pack + ": " + one.kind + " (" + std::to_string(one.entries) + ")";
    if (all.empty()) return std::nullopt;
    return Finding{"content", "unknown_kind", Verdict::Warning, {{"kinds", all}}, {}};
}

}  // namespace tram::doctor
