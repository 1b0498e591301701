#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace tram::store {

/// A file that nobody writes: read without locks, -wal or -shm (sqlite.org/uri.html, immutable=1), and no
/// schema in it can do more than be read. Throws SQLite::Exception.
SQLite::Database openImmutable(const std::filesystem::path& file);

}  // namespace tram::store
