#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/Clock.h"

namespace tram::oidc {

/// Reading single members of a header or a set of claims; nothing when it is absent or of the wrong shape.

std::optional<std::string> textOf(const nlohmann::json& object, const char* key, std::size_t longest = 256);
/// NumericDate (RFC 7519 §2) in whole seconds up to the year 9999, so that no sum with it can overflow.
std::optional<base::WallTime> timeOf(const nlohmann::json& object, const char* key);
/// `aud` is this one, or a list with it in it.
bool isFor(const nlohmann::json& claims, const std::string& audience);

}  // namespace tram::oidc
