#pragma once
#include <filesystem>
#include <utility>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::base {

/// flock(2) on a file of its own: what one at a time may do, or many but not beside one. The kernel lets go
/// of it when the process ends, however it ends.
class FileLock {
  public:
    enum class Kind { Shared, Alone };
    /// StoreBusy (path) while others hold it; they are waited for no longer than `patience`.
    static Result<FileLock> take(const std::filesystem::path& file, Kind kind = Kind::Alone,
                                 Millis patience = Millis(0));
    FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();
    /// Of the locked file, to read and write; -1 when moved from.
    int descriptor() const { return file_; }

  private:
    explicit FileLock(int file) : file_(file) {}
    int file_;
};

}  // namespace tram::base
