#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "base/Clock.h"
#include "device/Enrolment.h"
#include "doctor/Finding.h"
#include "link/GatewayClient.h"

namespace tram::doctor {

// The questions of `tram doctor` and of staff's page of devices; each looks at one thing and changes nothing.
// They block: the gateway's for as long as its line waits, the camera's for seconds.

Finding checkEnrolment(const device::KioskConfig& config);
Finding checkSealing(const device::KioskConfig& config, base::WallTime now);
/// The gateway's present word on its sealing keys: ours, and the one we have?
Finding checkSealingAtGateway(const device::KioskConfig& config, link::GatewayClient& line);
/// What the city published for its kiosks: which version this one has, and whether it is still fresh.
Finding checkContent(const device::KioskConfig& config, base::WallTime now);
Finding checkPrivacy(const device::KioskConfig& config);  ///< files others may read
Finding checkStore(const device::KioskConfig& config);
Finding checkDisk(const device::KioskConfig& config);
/// The files of kinds, and of each that cannot be read why.
std::vector<Finding> checkKinds(const std::filesystem::path& share);
/// What is published of kinds that this kiosk does not know; nothing when there is none.
std::optional<Finding> checkUnknownKinds(const device::KioskConfig& config, base::WallTime now,
                                         const std::filesystem::path& share);
Finding checkFonts();
/// Looks through it for some seconds, as the kiosk would. `program`: tram-camera.
Finding checkCamera(const device::KioskConfig& config, const std::filesystem::path& program);
/// The queue at CUPS: there, taking jobs, and what its printer says of itself. Prints nothing. `program`:
/// tram-print.
Finding checkPrinter(const device::KioskConfig& config, const std::filesystem::path& program);
/// Whether this machine has a way out at all; not asked where the gateway is on it.
Finding checkNetwork(const device::KioskConfig& config);
Finding checkAgent(const device::KioskConfig& config, const base::BootTime& now);
/// Gateway reached, clocks compared, this kiosk known to it. `agent`: what we call ourselves ("tram/1.2").
std::vector<Finding> checkGateway(const device::KioskConfig& config, const base::Clock& clock,
                                  const std::string& agent);

}  // namespace tram::doctor
