#pragma once
#include "strict/Json.h"

namespace tram::wire {

using strict::dumpJson;
using strict::parseJson;

}  // namespace tram::wire
