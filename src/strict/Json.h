#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::strict {

constexpr std::size_t kMaxValues = 20'000;

/// JSON from outside: at most `limit` bytes, 16 levels, `values` values, no member twice (RFC 8259 §4 leaves
/// its meaning open), well-formed UTF-8. Problem kinds: TooLarge, Malformed.
base::Result<nlohmann::json> parseJson(std::string_view text, std::size_t limit,
                                       std::size_t values = kMaxValues);

/// Compact, members sorted; bytes that are not UTF-8 become U+FFFD.
std::string dumpJson(const nlohmann::json& value);

}  // namespace tram::strict
