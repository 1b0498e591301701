#include <unistd.h>

#include <cmath>

#include "device/CameraProbe.h"
#include "doctor/Checks.h"

namespace tram::doctor {

using base::ProblemKind;
using Source = device::CameraConfig::Source;

namespace {

// Half of the pace that codes are read at: below it somebody waits with a card in the air.
constexpr double kFewFrames = 7.5;

/// It lies there, and this user may not have it: a device looks missing to whoever may not open it.
bool shut(const device::CameraConfig& camera) {
    return access(camera.path.c_str(), F_OK) == 0 &&
           access(camera.path.c_str(), camera.source == Source::Device ? R_OK | W_OK : R_OK) != 0;
}

}  // namespace

Finding checkCamera(const device::KioskConfig& config, const std::filesystem::path& program) {
    if (!config.camera) return {"camera", "none", Verdict::Good, {}, {}};
    const auto& camera = *config.camera;
    const auto seen = device::CameraProbe(program, camera).look();
    const std::string path = camera.source == Source::Scene ? "" : camera.path.string();
    if (!seen) {
        const bool ofTheFile = seen.error().kind == ProblemKind::CameraMissing;
        if (ofTheFile && shut(camera)) return {"camera", "shut", Verdict::Bad, {{"path", path}}, {}};
        auto finding = bad("camera", {seen.error().kind, {{"path", path}}});
        finding.values["path"] = path;
        return finding;
    }
    const base::Words::Values values{{"width", std::to_string(seen->width)},
                                     {"height", std::to_string(seen->height)},
                                     {"frames", std::to_string(std::lround(seen->framesPerSecond))}};
    if (seen->framesPerSecond >= kFewFrames) return good("camera", values);
    return {"camera", "slow", Verdict::Warning, values, {}};
}

}  // namespace tram::doctor
