#include "pack/PackRows.h"

#include "store/ReadOnly.h"

namespace tram::pack {

namespace {

Area areaOf(const SQLite::Column& shape) {
    if (shape.isNull()) return {};
    auto area = areaFromBytes(shape.getString());
    if (!area) store::throwDamaged("shape");
    return std::move(*area);
}

}  // namespace

/// (GCC 12 warns wrongly when a string is added to another that is being made.)
std::string entriesWhere(std::string_view rest) {
    std::string sql =
        "SELECT kind, id, title, ward, latitude, longitude, fields, shape FROM entries LEFT JOIN areas "
        "USING(rank) WHERE ";
    return sql.append(rest);
}

Entry readEntry(SQLite::Statement& row) {
    Entry entry;
    entry.kind = row.getColumn(0).getString();
    entry.id = row.getColumn(1).getString();
    entry.title = row.getColumn(2).getString();
    entry.ward = row.getColumn(3).getString();
    if (!row.getColumn(4).isNull())
        entry.place = Point{row.getColumn(4).getDouble(), row.getColumn(5).getDouble()};
    entry.fields = row.getColumn(6).getString();
    entry.area = areaOf(row.getColumn(7));
    return entry;
}

Entries::Entries(SQLite::Database& db) : row_(db, entriesWhere("rank = ?")) {}

Entry Entries::at(std::size_t rank) {
    row_.reset();
    row_.bind(1, static_cast<std::int64_t>(rank));
    row_.executeStep();
    return readEntry(row_);
}

}  // namespace tram::pack
