#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"

namespace tram::net {

/// RFC 9110 §5.6.7, the obsolete forms too: "Sat, 21 Nov 2026 02:41:07 GMT".
std::optional<base::WallTime> parseHttpDate(const std::string& text);
/// Retry-After (RFC 9110 §10.2.3): seconds, or a date measured against the answer's own Date. At most an
/// hour.
std::optional<base::Millis> parseRetryAfter(const std::string& text, const std::string& date);

}  // namespace tram::net
