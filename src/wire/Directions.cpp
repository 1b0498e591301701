#include "wire/Directions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/Words.h"

namespace tram::wire {

namespace {

constexpr std::string_view kDirectionsScheme = "https://";

bool hasOnce(std::string_view text, std::string_view part) {
    const auto at = text.find(part);
    return at != text.npos && text.find(part, at + 1) == text.npos;
}

bool isHostByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

}  // namespace

bool isDirectionsLink(std::string_view link) {
    if (!link.starts_with(kDirectionsScheme)) return false;
    const auto rest = link.substr(kDirectionsScheme.size());
    const auto slash = rest.find('/');
    return slash != 0 && slash != rest.npos && std::ranges::all_of(rest.substr(0, slash), isHostByte) &&
           std::ranges::all_of(rest, [](char c) { return c >= '!' && c <= '~'; }) &&
           hasOnce(rest, "{latitude}") && hasOnce(rest, "{longitude}");
}

std::string directionsTo(std::string_view link, double latitude, double longitude) {
    return base::Words::fill(std::string(link), {{"latitude", fmt::format("{:.6f}", latitude)},
                                                 {"longitude", fmt::format("{:.6f}", longitude)}});
}

}  // namespace tram::wire
