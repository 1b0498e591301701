#pragma once
#include "ui/kit/Gaze.h"

class wxEvent;

namespace tram::kit {

/// On the clock of all Moments.
Moment monotonicNow();

/// When it happened, not when we come to it.
Moment momentOf(const wxEvent& event);

}  // namespace tram::kit
