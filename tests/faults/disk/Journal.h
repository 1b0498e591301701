#pragma once
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tram::faults {

/// A tree of files and directories, by absolute path.
struct Image {
    std::map<std::string, std::string> files;
    std::set<std::string> directories;
    /// Makes the tree below `root`, which is emptied first.
    void restore(const std::string& root) const;
};

/// Everything that was done to a disk, in order: by our files (JournalDisk) and by SQLite (FaultyVfs). What
/// happens to a directory is durable only once that directory is synced, what happens to a file once that
/// file is; POSIX promises no more.
class Journal {
  public:
    explicit Journal(Image before = {});

    struct Op {
        enum class Kind { Create, MakeDirectory, Write, Truncate, Sync, Rename, Unlink, SyncDirectory };
        Kind kind;
        int file = -1;
        std::string path, to, bytes;
        std::uint64_t offset = 0;  ///< of a write; the size of a truncate
    };

    int create(const std::string& path);
    int fileAt(const std::string& path) const;  ///< -1 when none that this journal knows
    void write(int file, std::uint64_t offset, std::string_view bytes);
    void truncate(int file, std::uint64_t size);
    void sync(int file);
    void makeDirectory(const std::string& path);
    void rename(const std::string& from, const std::string& to);
    void unlink(const std::string& path);
    void syncDirectory(const std::string& path);

    std::size_t size() const { return ops_.size(); }
    const Op& op(std::size_t i) const { return ops_[i]; }

    enum class Loss {
        Nothing,  ///< the programs died, not the disk
        All,      ///< whatever was not synced is gone
        Some      ///< any part of it is: names one by one, contents by sector of 512 bytes, in any order
    };
    /// A disk as a power cut after the first `point` operations may leave it.
    Image after(std::size_t point, Loss loss, std::mt19937_64& random) const;

  private:
    void add(Op op) { ops_.push_back(std::move(op)); }
    std::vector<bool> keptNames(std::size_t point, Loss loss, std::mt19937_64& random) const;
    std::string contentOf(int file, std::size_t point, Loss loss, std::mt19937_64& random) const;

    Image before_;
    std::vector<std::string> contentBefore_;  ///< of files this journal began with, by number
    std::map<std::string, int> names_;        ///< as the running system sees them
    int files_ = 0;
    std::vector<Op> ops_;
};

}  // namespace tram::faults
