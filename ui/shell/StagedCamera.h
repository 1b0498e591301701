#pragma once
#include "device/Camera.h"

namespace tram::shell {

/// A camera for the tour: a grey wall, what it is told to see at once, and the picture it takes.
class StagedCamera final : public device::Camera {
  public:
    std::function<void(const device::CameraEvents&)> scene;
    std::function<base::Result<Taken>()> picture;
    void start(device::CameraEvents events) override {
        constexpr int kWidth = 960, kHeight = 540;
        auto wall = std::make_shared<device::CameraFrame>();
        wall->width = kWidth, wall->height = kHeight;
        wall->rgb = base::SecretBytes(std::vector<unsigned char>(std::size_t{3} * kWidth * kHeight, 150));
        events.frame(wall);
        if (scene) scene(events);
    }
    void stop() override {}
    void take(OnTaken taken) override { taken(picture()); }
};

}  // namespace tram::shell
