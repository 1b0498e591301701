#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "link/ResidentLine.h"

namespace tram::link {

/// What the gateway answers about logins, read out of JSON that has been parsed strictly. BadResponse, fact
/// key = the first member that is not as the API says.

base::Result<DeviceCode> readDeviceCode(const nlohmann::json& body);
base::Result<ResidentTokens> readTokens(const nlohmann::json& body);
/// `body` of an error, RFC 8628 §3.5.
base::Result<PollAnswer> readPollError(const nlohmann::json& body);
base::Result<MyReports> readMyReports(const nlohmann::json& body);
base::Result<BlindedToken> readBlindedToken(const nlohmann::json& body);
/// The path of an endpoint's URL; "" when it is no such URL.
std::string endpointPath(const std::string& url);

}  // namespace tram::link
