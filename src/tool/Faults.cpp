#include "tool/Faults.h"

#include <iostream>

namespace tram::tool {

namespace {

/// What a row is of: GeoJSON and feeds have no lines to count by.
bool hasItems(const std::string& file) {
    return file.ends_with(".geojson") || file.ends_with(".xml");
}

void printFault(const Tool& tool, const publish::Fault& fault) {
    const auto what = tool.say("tool.pack.expected." + fault.expected);
    const bool items = hasItems(fault.file);
    const char* where = fault.number == 0      ? "tool.pack.fault.file"
                        : fault.column.empty() ? (items ? "tool.pack.fault.item" : "tool.pack.fault.row")
                        : items                ? "tool.pack.fault.item_cell"
                                               : "tool.pack.fault.cell";
    std::cerr << tool.say(where, {{"file", fault.file},
                                  {"row", std::to_string(fault.number)},
                                  {"column", fault.column},
                                  {"what", what}})
              << '\n';
}

}  // namespace

void printFaults(Tool& tool, const publish::Faults& faults) {
    for (const auto& fault : faults) printFault(tool, fault);
    if (faults.size() == publish::kMaxFaults) std::cerr << tool.say("tool.pack.more_faults") << '\n';
    tool.exitCode = 1;
}

}  // namespace tram::tool
