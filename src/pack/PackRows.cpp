#include "pack/PackRows.h"

namespace tram::pack {

Entry readEntry(SQLite::Statement& row) {
    Entry entry;
    entry.kind = row.getColumn(0).getString();
    entry.id = row.getColumn(1).getString();
    entry.title = row.getColumn(2).getString();
    entry.ward = row.getColumn(3).getString();
    if (!row.getColumn(4).isNull())
        entry.place = Point{row.getColumn(4).getDouble(), row.getColumn(5).getDouble()};
    entry.fields = row.getColumn(6).getString();
    return entry;
}

Entries::Entries(SQLite::Database& db)
    : row_(db, "SELECT kind, id, title, ward, latitude, longitude, fields FROM entries WHERE rank = ?") {}

Entry Entries::at(std::size_t rank) {
    row_.reset();
    row_.bind(1, static_cast<std::int64_t>(rank));
    row_.executeStep();
    return readEntry(row_);
}

}  // namespace tram::pack
