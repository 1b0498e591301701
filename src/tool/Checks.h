#pragma once
#include "device/Enrolment.h"
#include "link/GatewayClient.h"
#include "tool/Finding.h"

namespace tram::tool {

// The questions of `tram doctor`; each looks at one thing and changes nothing.
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
/// Looks through it for some seconds, as the kiosk would.
Finding checkCamera(const device::KioskConfig& config);
/// The queue at CUPS: there, taking jobs, and what its printer says of itself. Prints nothing.
Finding checkPrinter(const device::KioskConfig& config);
Finding checkAgent(const device::KioskConfig& config, const base::BootTime& now);
/// Gateway reached, clocks compared, this kiosk known to it.
std::vector<Finding> checkGateway(const device::KioskConfig& config, const base::Clock& clock);

}  // namespace tram::tool
