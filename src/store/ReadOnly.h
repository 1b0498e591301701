#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace tram::store {

/// A file that nobody writes: read without locks, -wal or -shm (sqlite.org/uri.html, immutable=1), and no
/// schema in it can do more than be read. Throws SQLite::Exception.
SQLite::Database openImmutable(const std::filesystem::path& file);

/// From now on a value of more than 16 MB in it is an SQLite::Exception and not read into memory: packs hold
/// areas of 160 KB, maps tiles of a megabyte.
void refuseLongValues(SQLite::Database& db);

/// Questions to a file whose schema is not ours may count to infinity (a view can): while one of these lives,
/// each ends with SQLite::Exception after so many steps of SQLite's machine.
class Patience {
  public:
    explicit Patience(SQLite::Database& db, int steps = 2'000'000);
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience();

  private:
    SQLite::Database& db_;
};

/// For what SQLite cannot know to be wrong: as if it had found the damage itself.
[[noreturn]] void throwDamaged(const char* what);

}  // namespace tram::store
