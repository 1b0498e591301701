#pragma once
#include <filesystem>

#include "base/Scheduler.h"
#include "device/Camera.h"
#include "device/KioskConfig.h"

namespace tram::device {

/// Starts `tram-camera watch` and listens to it. The kiosk itself opens no camera and decodes no picture: it
/// makes and seals the memory (sight/FrameMemory.h), and copies pixels out of it. A process that dies, says
/// what is no message, or is silent for two seconds is started anew twice in one start(); then CameraFailed.
/// One that ends because the camera is away or busy is tried again every two seconds without counting.
class CameraClient final : public Camera {
  public:
    struct Patience {
        base::Millis silence{2000}, retry{2000};
        int restarts = 2;
    };

    CameraClient(std::filesystem::path program, KioskConfig::Camera config, base::Scheduler& scheduler,
                 Patience patience);
    CameraClient(std::filesystem::path program, KioskConfig::Camera config, base::Scheduler& scheduler)
        : CameraClient(std::move(program), std::move(config), scheduler, Patience()) {}
    /// Waits until the process is gone and the frames' memory is overwritten, but for no longer than a camera
    /// may be silent: a driver can hold a dying process.
    ~CameraClient() override;

    void start(CameraEvents events) override;
    void stop() override;
    void take(OnTaken taken) override;

  private:
    class Watch;  ///< one start() until its stop(): a thread, a process, and what they share
    std::filesystem::path program_;
    KioskConfig::Camera config_;
    base::Scheduler& scheduler_;
    Patience patience_;
    std::shared_ptr<Watch> watch_;
    std::uint8_t codesTold_ = 0;  ///< in all starts: the demo's scene goes on from there
};

}  // namespace tram::device
