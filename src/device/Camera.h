#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/Problem.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "sight/Messages.h"

namespace tram::device {

/// One preview: RGB, three bytes a pixel, row after row. As large as the source gives it, shrunk to
/// sight::kMaxPreviewSide; upright by the configuration; 4:3, 16:9 or standing, so ask its size.
struct CameraFrame {
    int width = 0, height = 0;
    base::SecretBytes rgb;
};

/// Codes that the camera sees at the same time.
using CodesInView = std::vector<std::shared_ptr<const sight::Code>>;

/// What the camera tells; each is called on the UI thread, and may be left empty.
struct CameraEvents {
    /// The newest frame; those that a busy UI thread did not come to are left out.
    std::function<void(std::shared_ptr<const CameraFrame>)> frame;
    /// All codes in view, whenever that changes: enough readings of another one agreed, or one has not been
    /// seen for a while (scan/Agreement.h).
    std::function<void(const CodesInView&)> codes;
    /// When it changes.
    std::function<void(sight::Hint)> hint;
    /// CameraMissing, CameraBusy, CameraUnfit, CameraBlack, CameraFrozen: still being tried, and `running`
    /// comes when it is over. CameraFailed is the last word until start() is called again.
    std::function<void(const base::Problem&)> problem;
    std::function<void()> running;
};

/// A camera as screens see it (device/CameraClient.h; a fake in tests/support/FakeCamera.h). UI thread only.
class Camera {
  public:
    /// As of PictureHelper: ready to go into a draft.
    struct Taken {
        base::SecretBytes jpeg, thumbnail;
        int width = 0, height = 0;
    };
    using OnTaken = std::function<void(base::Result<Taken>)>;

    virtual ~Camera() = default;
    /// Nothing is seen before this, and the light of the camera is off. Whoever calls it while it runs takes
    /// its place: the former one hears nothing more.
    virtual void start(CameraEvents events) = 0;
    /// Frames and codes end at once, and what was seen is overwritten.
    virtual void stop() = 0;
    /// The next frame as a clean JPEG. Cancelled by stop(); CameraFailed, or the camera's present problem.
    virtual void take(OnTaken taken) = 0;
};

}  // namespace tram::device
