#pragma once
#include <string>
#include <string_view>

namespace tram::wire {

/// What a phone opens to be led somewhere: https, {latitude} and {longitude} in it once each. Configuration
/// of whoever runs it; this one stands where nothing else is said.
constexpr std::string_view kDirectionsLink =
    "https://www.google.com/maps/dir/?api=1&travelmode=walking&destination={latitude},{longitude}";

bool isDirectionsLink(std::string_view link);
/// Degrees, WGS 84.
std::string directionsTo(std::string_view link, double latitude, double longitude);

}  // namespace tram::wire
