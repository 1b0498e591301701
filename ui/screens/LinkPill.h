#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// Whether there is a line, as every head says it; `terse` where there is little room.
kit::ViewRef linkPill(const Host& host, bool terse);

}  // namespace tram::screens
