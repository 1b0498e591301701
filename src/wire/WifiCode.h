#pragma once
#include <string>

namespace tram::wire {

/// What phones join a network by when they scan it: "WIFI:T:WPA;S:…;P:…;;", as ZXing's wiki has it and both
/// phones read it. An empty password: an open network.
std::string wifiCode(const std::string& name, const std::string& password);

}  // namespace tram::wire
