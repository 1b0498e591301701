#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::gateway {

/// The exact bytes of each object in {"actions":[…]}: what was signed must be kept to the byte, so the
/// envelopes are cut out, never parsed and written again. Malformed for anything else; TooLarge for more than
/// `limit`.
base::Result<std::vector<std::string_view>> sliceActions(std::string_view body, std::size_t limit);

/// application/x-www-form-urlencoded. Malformed when a name comes twice (RFC 6749 §3.2).
base::Result<std::map<std::string, std::string>> parseForm(std::string_view body);

/// The boundary in the Content-Type of a multipart/form-data (RFC 7578); "" when it is none.
std::string boundaryOf(std::string_view contentType);
/// The content of the part of that name within a form, which may be empty; nothing when there is none or it
/// does not end.
std::optional<std::string_view> formPart(std::string_view form, const std::string& boundary,
                                         const std::string& name);

/// "bytes 100-199/1000" (RFC 9110 §14.4, as the kiosk sends it with PUT).
struct ContentRange {
    std::size_t first = 0, last = 0, total = 0;
};
std::optional<ContentRange> parseContentRange(std::string_view text);

}  // namespace tram::gateway
