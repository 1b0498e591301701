#pragma once
#include <map>
#include <optional>
#include <string>

#include "gateway/http/Routes.h"

namespace tram::gateway {

inline constexpr const char* kDeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/// RFC 6749 §5.2 has its own shape of error; `reason` is ours, with access_denied.
void oauthError(Exchange& exchange, int status, const char* error, std::string_view reason = {});
/// "" when there is none.
std::string bearerOf(const Exchange& exchange);
void answerNoToken(Exchange& exchange);
/// The kiosk behind the form's client assertion, which is spent with this. Without one the exchange is
/// answered.
std::optional<Kiosk> provenKiosk(Desk& desk, Exchange& exchange, std::map<std::string, std::string>& form);

}  // namespace tram::gateway
