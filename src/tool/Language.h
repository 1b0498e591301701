#pragma once
#include <string>
#include <vector>

#include "base/Words.h"

namespace tram::tool {

/// Looked for before the command line is parsed, because its own help is in words: --lang, else the language
/// of the configuration, else the environment's (POSIX LC_ALL, LC_MESSAGES, LANG), else Vietnamese.
std::string languageFor(const std::vector<std::string>& arguments);
base::Result<base::Words> loadWords(const std::string& language);

}  // namespace tram::tool
