#pragma once
#include "ui/kit/Text.h"

namespace tram::kit {

Colour inkOf(Mood mood);
Colour softOf(Mood mood);

}  // namespace tram::kit
