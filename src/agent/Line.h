#pragma once
#include <memory>

#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "link/GatewayClient.h"

namespace tram::agent {

/// A connection of one's own to the gateway: a GatewayClient serves one thread.
inline std::unique_ptr<link::GatewayClient> openLine(const device::KioskConfig& config,
                                                     const base::Clock& clock,
                                                     std::optional<link::KioskIdentity> identity) {
    auto http = std::make_shared<net::HttpClient>(
        net::HttpClient::Options{config.caFile, "tram-agent/" TRAM_VERSION});
    return std::make_unique<link::GatewayClient>(config.gatewayUrl, std::move(http), clock,
                                                 std::move(identity));
}

inline link::KioskIdentity identityOf(device::Enrolment enrolment) {
    return {enrolment.answer.kioskId, enrolment.answer.tokenAudience, std::move(enrolment.key),
            crypto::VerifyKey::parse(enrolment.answer.gatewayKey)};
}

}  // namespace tram::agent
