#pragma once
#include "ui/kit/Stage.h"
#include "ui/kit/Surface.h"

namespace tram::kit {

std::vector<Described> describeStage(Stage& stage);
std::vector<std::string> faultsOf(Stage& stage);

}  // namespace tram::kit
