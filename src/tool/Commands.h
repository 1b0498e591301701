#pragma once
#include <CLI/CLI.hpp>

#include "tool/Tool.h"

namespace tram::tool {

// Each adds its subcommand; `tool` outlives the parsing.
void addEnrolCommand(CLI::App& app, Tool& tool);
void addQueueCommand(CLI::App& app, Tool& tool);
void addDoctorCommand(CLI::App& app, Tool& tool);

}  // namespace tram::tool
