#include "ui/screens/FeedbackScreen.h"
#include "ui/shell/StagedCamera.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using device::CameraEvents;

namespace {

constexpr int kWidth = 1280, kHeight = 960;  ///< of the demo's pictures

/// One of the station's own pictures, as if it had just been taken.
base::Result<device::Camera::Taken> sampleTaken(const screens::Services& services) {
    for (const auto& entry : std::filesystem::directory_iterator(services.config.sampleDir)) {
        auto prepared = services.preparePicture(entry.path());
        if (prepared)
            return device::Camera::Taken{std::move(prepared->jpeg), std::move(prepared->thumbnail), kWidth,
                                         kHeight};
    }
    return base::fail(ProblemKind::CameraFailed);
}

}  // namespace

/// A report's fourth step, its camera's page open.
void Tour::takesPicture(std::function<void(const CameraEvents&)> scene) {
    homeAgain();
    auto camera = std::make_shared<StagedCamera>();
    camera->scene = std::move(scene);
    camera->picture = [this] { return sampleTaken(real_); };
    auto services = real_;
    services.camera = camera;
    kiosk_.useServices(services);
    press("tile.feedback");
    auto& flow = static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow();
    flow.chooseField(flow.fields().fields.front().id);
    flow.setText("Nắp cống trước số 12 bị vỡ.");
    flow.next();
    flow.next();
    kiosk_.drawNow();
    press("camera.picture");
}

void Tour::planPictures() {
    stop("feedback-camera", [this] { takesPicture(); }, [this] { return at("feedback_camera"); });
    stop("feedback-camera-counting", [this] { press("take"); });
    stop("feedback-camera-taken", [] {}, [this] { return at("feedback_camera_taken"); });
    stop(
        "feedback-camera-used", [this] { press("use"); },
        [this] {
            if (!at("feedback_pictures")) return false;
            return !static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow().draft().pictures.empty();
        });
    for (const auto kind : {ProblemKind::CameraMissing, ProblemKind::CameraBusy, ProblemKind::CameraBlack,
                            ProblemKind::CameraFrozen, ProblemKind::CameraUnfit, ProblemKind::CameraFailed})
        stop(
            "feedback-camera-problem-" + std::string(base::name(kind)),
            [this, kind] {
                takesPicture([kind](const CameraEvents& events) { events.problem({kind, {}}); });
            },
            [this] { return at("feedback_camera_problem"); });
    stop(
        "feedback-camera-problem-offline",
        [this] { kiosk_.force({.link = device::AgentState::Link::Offline}); },
        [this] { return shows("without"); });
}

}  // namespace tram::shell
