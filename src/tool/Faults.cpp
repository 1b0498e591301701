#include "tool/Faults.h"

#include <iostream>

#include "tool/Harmless.h"

namespace tram::tool {

namespace {

/// What a row is of: GeoJSON and feeds have no lines to count by.
bool hasItems(const std::string& file) {
    return file.ends_with(".geojson") || file.ends_with(".xml");
}

bool isJson(const std::string& file) {
    return file.ends_with(".json");
}

const char* placeOf(const publish::Fault& fault) {
    if (fault.number == 0) return "tool.pack.fault.file";
    if (fault.character > 0) return "tool.pack.fault.character";
    const bool items = hasItems(fault.file);
    if (fault.column.empty()) return items ? "tool.pack.fault.item" : "tool.pack.fault.row";
    if (isJson(fault.file)) return "tool.pack.fault.member";
    return items ? "tool.pack.fault.item_cell" : "tool.pack.fault.cell";
}

std::string lineOf(const Tool& tool, const publish::Fault& fault) {
    auto line = tool.say(placeOf(fault), {{"file", fault.file},
                                          {"row", std::to_string(fault.number)},
                                          {"character", std::to_string(fault.character)},
                                          {"column", fault.column},
                                          {"what", expectationOf(tool.words, fault.expected)}});
    while (line.ends_with(' ')) line.pop_back();  // a file as a whole has no column
    return line;
}

}  // namespace

std::string expectationOf(const base::Words& words, std::string_view expected) {
    const auto colon = expected.find(':');
    const auto rest = colon == expected.npos ? "" : expected.substr(colon + 1);
    const auto next = rest.find(':');
    return words.text("tool.pack.expected." + std::string(expected.substr(0, colon)),
                      {{"of", harmless(rest.substr(0, next))},
                       {"found", harmless(next == rest.npos ? "" : rest.substr(next + 1))}});
}

void printWarnings(const Tool& tool, const publish::Faults& warnings) {
    for (const auto& warning : warnings)
        std::cerr << tool.say("tool.pack.warning", {{"what", lineOf(tool, warning)}}) << '\n';
}

void printFaults(Tool& tool, const publish::Faults& faults) {
    for (const auto& fault : faults) std::cerr << lineOf(tool, fault) << '\n';
    if (faults.size() == publish::kMaxFaults) std::cerr << tool.say("tool.pack.more_faults") << '\n';
    tool.exitCode = 1;
}

}  // namespace tram::tool
