#include "store/ReadOnly.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace tram::store {

SQLite::Database openImmutable(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char c : file.string())
        uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02X}", c) : std::string(1, c);
    SQLite::Database db(uri + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    db.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA query_only=ON");
    return db;
}

void refuseLongValues(SQLite::Database& db) {
    constexpr int kLongest = 16 << 20;
    sqlite3_limit(db.getHandle(), SQLITE_LIMIT_LENGTH, kLongest);
}

Patience::Patience(SQLite::Database& db, int steps) : db_(db) {
    sqlite3_progress_handler(db_.getHandle(), steps, [](void*) { return 1; }, nullptr);
}

Patience::~Patience() {
    sqlite3_progress_handler(db_.getHandle(), 0, nullptr, nullptr);
}

void throwDamaged(const char* what) {
    throw SQLite::Exception(what, SQLITE_CORRUPT);
}

}  // namespace tram::store
