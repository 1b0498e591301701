#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "pack/Entry.h"

namespace tram::pack {

/// For pack/'s own .cpp files. The columns kind, id, title, ward, latitude, longitude, fields of the
/// statement's row.
Entry readEntry(SQLite::Statement& row);

class Entries {
  public:
    explicit Entries(SQLite::Database& db);
    Entry at(std::size_t rank);  ///< of a rank that is there

  private:
    SQLite::Statement row_;
};

}  // namespace tram::pack
