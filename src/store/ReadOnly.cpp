#include "store/ReadOnly.h"

#include <fmt/format.h>

namespace tram::store {

SQLite::Database openImmutable(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char c : file.string())
        uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02X}", c) : std::string(1, c);
    SQLite::Database db(uri + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    db.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA query_only=ON");
    return db;
}

}  // namespace tram::store
