#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/Words.h"

namespace tram::usage {

/// The words for a key; values come from a command line, so they are to be made harmless for a terminal.
using Say = std::function<std::string(const std::string& key, const base::Words::Values& values)>;

/// What ended the parsing: help and version are printed; a mistake is said in words, with where help is to be
/// found. Gives the program's exit code.
int endOf(const CLI::ParseError& error, const CLI::App& app, const Say& say);

/// The value of "--name value" or "--name=value", for what has to be known before all is parsed.
std::string optionValue(const std::vector<std::string>& arguments, const std::string& name);
/// "vi" or "en": by POSIX LC_ALL, LC_MESSAGES, LANG; Vietnamese where they say neither.
std::string environmentLanguage();

}  // namespace tram::usage
