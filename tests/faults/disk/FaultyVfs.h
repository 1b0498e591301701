#pragma once
#include <sqlite3.h>

#include <string>

#include "base/Disk.h"
#include "tests/faults/disk/Journal.h"

namespace tram::faults {

/// Which operation fails, counted over both layers, and how.
struct Faults {
    int at = 0;            ///< the first that fails, from 1; 0: none
    int error = 0;         ///< ENOSPC, EIO, EROFS
    bool lasting = false;  ///< so do all after it
    int seen = 0;

    /// True when this one fails; errno is then set.
    bool hit();
};

/// Syncs that are answered with success and forgotten: the defects that the tests have to find.
struct Forgets {
    bool sqliteSyncs = false;     ///< as with PRAGMA synchronous=OFF
    bool fileSyncs = false;       ///< as without fsync before the rename
    bool directorySyncs = false;  ///< as without fsync of the directory
};

/// The disk below SQLite and our own files: the real one (shared memory and locks included), with everything
/// that changes it written into a journal, and failing when told. SQLite's default as long as this lives.
class FaultyDisk : public base::Disk {
  public:
    explicit FaultyDisk(std::string root);  ///< only what is below `root` is recorded or fails
    ~FaultyDisk() override;
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    Journal journal;
    Faults faults;
    Forgets forgets;

    int open(const std::filesystem::path& path, int flags, unsigned mode) override;
    ssize_t write(int file, std::string_view bytes) override;
    int sync(int file) override;
    int syncData(int file) override { return sync(file); }
    int truncate(int file, std::size_t size) override;
    int rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    int unlink(const std::filesystem::path& path) override;
    int makeDirectory(const std::filesystem::path& path, unsigned mode) override;
    int syncDirectory(const std::filesystem::path& path) override;

    bool watches(const char* path) const;
    sqlite3_vfs* real() const { return real_; }

  private:
    struct Open {
        int file = -1;
        std::uint64_t offset = 0;
    };
    std::string root_;
    std::map<int, Open> open_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_{};
    base::DiskInstead instead_;
};

}  // namespace tram::faults
