#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::base {

/// UTF-8 is what a spreadsheet reads only when this stands first.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// RFC 4180, quoted. What begins like a formula would be run by a spreadsheet, with or without quotes around
/// it: an apostrophe makes it text (OWASP, CSV injection).
std::string csvCell(std::string_view text);

void addCsvLine(std::string& csv, const std::vector<std::string>& cells);

}  // namespace tram::base
