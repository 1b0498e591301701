#pragma once
#include <memory>
#include <optional>

#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "link/GatewayClient.h"

namespace tram::tool {

std::shared_ptr<net::HttpClient> httpFor(const std::filesystem::path& caFile);
/// As the station itself asks, if its key may be read; else nothing: as anybody.
std::optional<link::KioskIdentity> identityOf(const device::KioskConfig& config);

/// What a station knows, and the line over which it asks for more.
struct StationLine {
    wire::EnrolmentAnswer answer;
    std::unique_ptr<link::GatewayClient> gateway;
    /// NotEnrolled, KeyMissing and the like: only as the station is there anything to be told.
    static base::Result<StationLine> open(const device::KioskConfig& config, const base::Clock& clock);
};

}  // namespace tram::tool
