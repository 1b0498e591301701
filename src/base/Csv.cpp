#include "base/Csv.h"

namespace tram::base {

std::string csvCell(std::string_view text) {
    std::string cell = "\"";
    const auto first = text.find_first_not_of(' ');
    if (first != text.npos && std::string_view("=+-@\t\r\n|%").find(text[first]) != text.npos) cell += '\'';
    for (const char c : text) cell += c == '"' ? "\"\"" : std::string(1, c);
    return cell + '"';
}

void addCsvLine(std::string& csv, const std::vector<std::string>& cells) {
    for (std::size_t at = 0; at < cells.size(); ++at) csv += (at > 0 ? "," : "") + cells[at];
    csv += "\r\n";
}

}  // namespace tram::base
