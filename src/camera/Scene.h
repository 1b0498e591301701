#pragma once
#include "camera/FrameSource.h"

namespace tram::camera {

/// What the demo's camera sees: nobody, then somebody who holds up a card, then a receipt with bars, round
/// and round. All of it is made up, and drawn at fifteen frames a second. It begins after the first `shown`
/// things.
std::unique_ptr<FrameSource> makeScene(int shown);

}  // namespace tram::camera
