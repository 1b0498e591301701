#pragma once
#include <cstdint>
#include <string>

namespace tram::kills {

/// What report number `serial` of these tests says, the same for who keeps it and who looks for it at the far
/// end.
std::string textOf(std::uint32_t serial);
std::size_t picturesOf(std::uint32_t serial);  ///< 0 to 3
std::string pictureOf(std::uint32_t serial, std::size_t place);

}  // namespace tram::kills
