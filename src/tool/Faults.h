#pragma once
#include "publish/Row.h"
#include "tool/Tool.h"

namespace tram::tool {

/// What a slug of publish::Fault or form::Fault says: "one_of:a, b".
std::string expectationOf(const base::Words& words, std::string_view expected);

/// Worth a look, on standard error.
void printWarnings(const Tool& tool, const publish::Faults& warnings);

/// What is wrong in sources, a line each, on standard error; the program then ends with 1.
void printFaults(Tool& tool, const publish::Faults& faults);

}  // namespace tram::tool
