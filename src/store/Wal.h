#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tram::store {

/// A store's -wal as sqlite.org/fileformat2.html §4 has it, read without SQLite.
struct Wal {
    std::uint32_t pageSize = 0;  ///< 0: nothing to be read
    /// Page number → where its newest committed content starts in the file.
    std::map<std::uint32_t, std::uint64_t> committed;
};

/// What the bytes of a -wal hold: everything up to the last commit before the first frame that does not fit.
/// Where the header is destroyed, what the frames themselves tell, for a caller who can judge what he finds.
Wal readWal(std::string_view bytes);

/// The -wal beside `database` holds more than a header, and the header is none, or the database is empty.
/// SQLite syncs the header before the first frame and page 1 before there is a -wal, so no power cut does
/// this; it would take such a file for an empty one and write over it.
bool walIsForeign(const std::filesystem::path& database);

}  // namespace tram::store
