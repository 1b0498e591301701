#pragma once
#include <CLI/CLI.hpp>

#include "tool/Tool.h"

namespace tram::tool {

/// What ended the parsing: help and version are printed; a mistake is said in words, with where help is to be
/// found. Gives the program's exit code.
int endOf(const CLI::ParseError& error, const CLI::App& app, const Tool& tool);

}  // namespace tram::tool
