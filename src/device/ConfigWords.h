#pragma once
#include <string>

#include "base/Words.h"

namespace tram::device {

/// A BadConfig of KioskConfig as one sentence for the person who mends the file: "config.*" around
/// "expected.<id>".
std::string configWords(const base::Words& words, const base::Problem& problem);

}  // namespace tram::device
