#pragma once
#include <optional>

#include "sight/FrameMemory.h"
#include "sight/Messages.h"

namespace tram::camera {

/// The socket on standard input: the camera's end of sight/Messages.h.
class KioskLine {
  public:
    struct Started {
        sight::Start start;
        sight::FrameMemory memory;
    };
    /// Waits for the first message and the memory that comes with it.
    std::optional<Started> begin();

    enum class Heard { Message, Nothing, End };
    /// Does not block. End also for what is no message: whoever says it is not our kiosk.
    Heard hear(sight::ToCamera& message);

    /// False when the kiosk is gone. A kiosk that does not listen for a while misses frames; what `must`
    /// arrive waits for it.
    bool say(const sight::ToKiosk& message, bool must = false);
};

}  // namespace tram::camera
