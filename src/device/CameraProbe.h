#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"
#include "device/KioskConfig.h"

namespace tram::device {

/// Looks through the configured camera for a few seconds, by the very tram-camera that the kiosk starts, and
/// says how it does. For whoever sets a station up.
class CameraProbe {
  public:
    struct Patience {
        base::Millis first{15'000};  ///< until a frame comes; also tells apart what is slow to start
        base::Millis look{5'000};    ///< from then on; longer than a camera must stand still to be frozen
    };
    struct Seen {
        int width = 0, height = 0;  ///< of a picture taken, upright by the configuration; at most 2048 a side
        double framesPerSecond = 0;
    };

    CameraProbe(std::filesystem::path program, CameraConfig config, Patience patience);
    CameraProbe(std::filesystem::path program, CameraConfig config)
        : CameraProbe(std::move(program), std::move(config), Patience()) {}

    /// Blocks for both patiences at most, and some. CameraMissing, CameraBusy, CameraUnfit, CameraBlack,
    /// CameraFrozen; CameraFailed: tram-camera is not there, died, was silent or talked nonsense.
    base::Result<Seen> look() const;

  private:
    std::filesystem::path program_;
    CameraConfig config_;
    Patience patience_;
};

}  // namespace tram::device
