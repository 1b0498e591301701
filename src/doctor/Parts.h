#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "device/KioskConfig.h"
#include "doctor/Finding.h"

namespace tram::doctor {

/// What somebody who stands before a station can have tested, one by one.
enum class Part : std::uint8_t { Camera, Printer, Network, Gateway, Clock, Store, Content };
inline constexpr std::array kParts{Part::Camera, Part::Printer, Part::Network, Part::Gateway,
                                   Part::Clock,  Part::Store,   Part::Content};
std::string_view name(Part part);  ///< "camera", …

struct Station {
    const device::KioskConfig& config;
    const base::Clock& clock;
    std::filesystem::path cameraProgram, printProgram;  ///< tram-camera, tram-print
    std::string agent;                                  ///< what we call ourselves to the gateway: "tram/1.2"
};

/// The one finding that says how it stands: the first of the gravest. Blocks as the checks do; from any
/// thread.
Finding examine(Part part, const Station& station);

}  // namespace tram::doctor
