#pragma once
#include <string>
#include <string_view>

namespace tram::tool {

/// For a terminal: what would move its cursor, colour it, forge a line or hide (controls, bidirectional and
/// invisible characters, bytes that are no UTF-8) as \xNN or \u{N}; all else as it is.
std::string harmless(std::string_view text);

}  // namespace tram::tool
