#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <string_view>

#include "pack/Entry.h"

namespace tram::pack {

// For pack/'s own .cpp files.

/// A question for entries; `rest` begins with a condition.
std::string entriesWhere(std::string_view rest);
/// A row of its answer. Throws SQLite::Exception of a shape that is none.
Entry readEntry(SQLite::Statement& row);

class Entries {
  public:
    explicit Entries(SQLite::Database& db);
    Entry at(std::size_t rank);  ///< of a rank that is there

  private:
    SQLite::Statement row_;
};

}  // namespace tram::pack
