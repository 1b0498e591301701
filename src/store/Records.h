#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/Result.h"

namespace tram::store {

/// One value of a row as it stands in the file. Reals are not ours: they read as nothing.
struct Blob {
    std::string bytes;
};
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;

/// A row of a table, or of an index or WITHOUT ROWID table (those have no rowid of their own).
struct Record {
    std::int64_t rowid = 0;
    bool ofTable = false;
    std::vector<Value> values;
};

/// Every row on every page of a store that reads as a row, whatever the tree above it says: for a damaged
/// store that SQLite no longer opens (sqlite.org/fileformat2.html). With its -wal, which SQLite's own rules
/// bound. A file that is missing holds nothing. Rows of pages long freed come too: the caller decides what a
/// row is worth. Nothing is written.
base::Result<void> scanRecords(const std::filesystem::path& database,
                               const std::function<void(const Record&)>& take);

}  // namespace tram::store
