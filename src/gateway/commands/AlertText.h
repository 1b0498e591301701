#pragma once
#include <iosfwd>

#include "gateway/alerts/AlertStore.h"

namespace tram::gateway {

// Texts of messages come from outside, and this is somebody's terminal: nothing that cannot be seen, and no
// line that looks like one of ours.

/// One line, tabs between.
void printLine(std::ostream& out, const AlertStore::Message& message);
/// All that somebody needs who is to decide about it.
void printWhole(std::ostream& out, const AlertStore::Message& message);

}  // namespace tram::gateway
