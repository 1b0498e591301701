#pragma once
#include <CLI/CLI.hpp>

#include "tool/Tool.h"

namespace tram::tool {

/// `tram type [--vni] [--new-style]`: keystrokes on standard input, Vietnamese on standard output.
void addTypeCommand(CLI::App& app, Tool& tool);

}  // namespace tram::tool
