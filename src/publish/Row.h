#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pack/Area.h"

namespace tram::publish {

/// One thing as a source tells it, whatever the source's form: what stands in which column.
struct Row {
    int number = 0;  ///< the line of a table, else which feature or item it is, from 1
    std::map<std::string, std::string> cells;
    pack::Area area = {};  ///< only GeoJSON has any

    const std::string& at(const std::string& column) const {
        static const std::string kNone;
        const auto found = cells.find(column);
        return found == cells.end() ? kNone : found->second;
    }
};

/// What is wrong in a source, exact to row and column, so that who keeps it can mend it.
struct Fault {
    std::string file;
    int number = 0;      ///< as Row's; 0: the file as a whole
    std::string column;  ///< "" when the row as a whole is wrong
    /// A slug: tool.pack.expected.* words it. After colons what that says: {of}, and {found}.
    std::string expected;
    int character = 0;  ///< of line `number`, where a text stops being JSON; else 0
    bool operator==(const Fault&) const = default;
};

/// All that is wrong is told at once, as far as a person reads.
constexpr std::size_t kMaxFaults = 50;
using Faults = std::vector<Fault>;
inline void tell(Faults& faults, Fault fault) {
    if (faults.size() < kMaxFaults) faults.push_back(std::move(fault));
}

}  // namespace tram::publish
