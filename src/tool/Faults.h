#pragma once
#include "publish/Row.h"
#include "tool/Tool.h"

namespace tram::tool {

/// What is wrong in sources, a line each, on standard error; the program then ends with 1.
void printFaults(Tool& tool, const publish::Faults& faults);

}  // namespace tram::tool
