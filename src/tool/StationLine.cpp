#include "tool/StationLine.h"

namespace tram::tool {

std::shared_ptr<net::HttpClient> httpFor(const std::filesystem::path& caFile) {
    return std::make_shared<net::HttpClient>(net::HttpClient::Options{caFile, "tram/" TRAM_VERSION});
}

std::optional<link::KioskIdentity> identityOf(const device::KioskConfig& config) {
    auto enrolment = device::Enrolment::load(config.dataDir);
    if (!enrolment) return std::nullopt;
    return link::KioskIdentity{enrolment->answer.kioskId, enrolment->answer.tokenAudience,
                               std::move(enrolment->key),
                               crypto::VerifyKey::parse(enrolment->answer.gatewayKey)};
}

base::Result<StationLine> StationLine::open(const device::KioskConfig& config, const base::Clock& clock) {
    auto enrolment = device::Enrolment::load(config.dataDir);
    if (!enrolment) return tl::unexpected(enrolment.error());
    return StationLine{enrolment->answer,
                       std::make_unique<link::GatewayClient>(config.gatewayUrl, httpFor(config.caFile), clock,
                                                             identityOf(config))};
}

}  // namespace tram::tool
