#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace tram::base {

/// The operations by which files come to be and stay, as one seam: a test puts a disk behind it that forgets
/// what was not synced, fills up or fails. Each answers as its namesake in POSIX does: -1 and errno.
class Disk {
  public:
    virtual ~Disk() = default;
    virtual int open(const std::filesystem::path& path, int flags, unsigned mode);
    virtual ssize_t write(int file, std::string_view bytes);
    virtual int sync(int file);
    virtual int syncData(int file);  ///< fdatasync(2)
    virtual int truncate(int file, std::size_t size);
    virtual int rename(const std::filesystem::path& from, const std::filesystem::path& to);
    virtual int unlink(const std::filesystem::path& path);
    virtual int makeDirectory(const std::filesystem::path& path, unsigned mode);
    /// Names made, changed or removed in a directory are durable only after this.
    virtual int syncDirectory(const std::filesystem::path& path);
};

/// The real one, unless a test has put another in its place.
Disk& disk();

/// For tests: `disk` stands in for the real one as long as this lives. Not while other threads use files.
class DiskInstead {
  public:
    explicit DiskInstead(Disk& disk);
    ~DiskInstead();
    DiskInstead(const DiskInstead&) = delete;
    DiskInstead& operator=(const DiskInstead&) = delete;

  private:
    Disk* before_;
};

}  // namespace tram::base
