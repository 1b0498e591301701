#pragma once
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "publish/Row.h"

namespace tram::publish {

/// A feed's files by their names ("stops.txt"): FileMissing for one that is not there.
using GtfsFiles = std::function<base::Result<std::string>(const std::string& name)>;

/// One row of a feed's table, while it is being read. What a column that is not there holds is empty (GTFS
/// reference, "Dataset Files": optional columns may be left out, unknown ones are passed over).
class GtfsRow {
  public:
    GtfsRow(int line, const std::vector<std::string>& columns, const std::vector<std::string>& cells,
            const std::string& file, Faults& faults)
        : line_(line), columns_(columns), cells_(cells), file_(file), faults_(faults) {}

    int line() const { return line_; }
    const std::string& at(std::string_view column) const;
    void refuse(std::string_view column, const char* expected) const;
    /// The cell, and a fault when it is empty.
    const std::string& needed(std::string_view column) const;
    std::optional<int> number(std::string_view column, int most) const;  ///< whole, from 0; told if not
    /// HH:MM:SS or H:MM:SS since noon less twelve hours, also beyond 24:00:00 → seconds; told if not.
    std::optional<int> time(std::string_view column) const;

  private:
    int line_;
    const std::vector<std::string>& columns_;
    const std::vector<std::string>& cells_;
    const std::string& file_;
    Faults& faults_;
};

/// What is told of a table's form, and of columns that are missing, is told under `feed`/`name`; then no row
/// or no more rows are given. FileMissing, FileUnreadable of the file itself.
struct GtfsFolder {
    const GtfsFiles& files;
    std::string feed;  ///< the folder's name
    Faults& faults;

    base::Result<void> read(const char* name, std::initializer_list<const char*> columns,
                            const std::function<void(const GtfsRow&)>& take) const;
    /// The same of a table that a feed need not have: false when it has not.
    base::Result<bool> readOptional(const char* name, std::initializer_list<const char*> columns,
                                    const std::function<void(const GtfsRow&)>& take) const;
};

}  // namespace tram::publish
