#pragma once
#include "strict/Json.h"

namespace tram::wire {

using strict::dumpJson;
using strict::parseJson;

/// What is not known is left out, so that a format can be asked of what is there.
inline void addIfAny(nlohmann::json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

}  // namespace tram::wire
