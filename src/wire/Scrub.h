#pragma once
#include "strict/Scrub.h"

namespace tram::wire {

using strict::scrub;
using strict::ScrubbedJson;

}  // namespace tram::wire
