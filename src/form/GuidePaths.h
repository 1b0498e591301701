#pragma once
#include <string>
#include <vector>

#include "form/Guide.h"

namespace tram::form {

/// Tells what leads nowhere, what is never reached, and what never ends, each place once.
void checkPaths(const Guide& guide, const std::string& at, std::vector<Fault>& faults);

}  // namespace tram::form
