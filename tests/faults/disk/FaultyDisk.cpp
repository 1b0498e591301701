// Our own files: what base::Files does.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "tests/faults/disk/FaultyVfs.h"

namespace tram::faults {

bool Faults::hit() {
    ++seen;
    const bool fails = at > 0 && (seen == at || (lasting && seen > at));
    if (fails) errno = error;
    return fails;
}

bool FaultyDisk::watches(const char* path) const {
    return path && std::string_view(path).starts_with(root_);
}

int FaultyDisk::open(const std::filesystem::path& path, int flags, unsigned mode) {
    const bool watched = watches(path.c_str());
    if (watched && faults.hit()) return -1;
    struct stat info{};
    const bool isNew = ::lstat(path.c_str(), &info) != 0;
    const int file = Disk::open(path, flags, mode);
    open_.erase(file);  // a number that another file had
    const auto end = !isNew && (flags & O_APPEND) ? static_cast<std::uint64_t>(info.st_size) : 0;
    if (watched && file >= 0) open_[file] = {isNew ? journal.create(path) : journal.fileAt(path), end};
    return file;
}

ssize_t FaultyDisk::write(int file, std::string_view bytes) {
    if (!open_.contains(file)) return Disk::write(file, bytes);
    const bool fails = faults.hit();
    const int error = errno;
    // A disk that fills up takes the first half.
    const ssize_t wrote = Disk::write(file, fails ? bytes.substr(0, bytes.size() / 2) : bytes);
    auto& [number, offset] = open_[file];
    if (wrote > 0) journal.write(number, offset, bytes.substr(0, static_cast<std::size_t>(wrote)));
    if (wrote > 0) offset += static_cast<std::uint64_t>(wrote);
    errno = error;
    return fails ? -1 : wrote;
}

int FaultyDisk::sync(int file) {
    if (!open_.contains(file)) return Disk::sync(file);
    if (faults.hit()) return -1;
    if (!forgets.fileSyncs) journal.sync(open_[file].file);
    return 0;
}

int FaultyDisk::truncate(int file, std::size_t size) {
    if (!open_.contains(file)) return Disk::truncate(file, size);
    if (faults.hit()) return -1;
    const int done = Disk::truncate(file, size);
    if (done == 0) journal.truncate(open_[file].file, size);
    if (done == 0) open_[file].offset = size;
    return done;
}

int FaultyDisk::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (!watches(from.c_str())) return Disk::rename(from, to);
    if (faults.hit()) return -1;
    const int done = Disk::rename(from, to);
    if (done == 0) journal.rename(from, to);
    return done;
}

int FaultyDisk::unlink(const std::filesystem::path& path) {
    const int done = Disk::unlink(path);
    if (done == 0 && watches(path.c_str())) journal.unlink(path);
    return done;
}

int FaultyDisk::makeDirectory(const std::filesystem::path& path, unsigned mode) {
    if (!watches(path.c_str())) return Disk::makeDirectory(path, mode);
    if (faults.hit()) return -1;
    const int done = Disk::makeDirectory(path, mode);
    if (done == 0) journal.makeDirectory(path);
    return done;
}

int FaultyDisk::syncDirectory(const std::filesystem::path& path) {
    if (!watches(path.c_str())) return Disk::syncDirectory(path);
    if (faults.hit()) return -1;
    if (!forgets.directorySyncs) journal.syncDirectory(path);
    return 0;
}

}  // namespace tram::faults
