#include "base/Disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace tram::base {
namespace {

std::atomic<Disk*>& current() {
    static Disk real;
    static std::atomic<Disk*> disk{&real};
    return disk;
}

}  // namespace

int Disk::open(const std::filesystem::path& path, int flags, unsigned mode) {
    return ::open(path.c_str(), flags, mode);
}

ssize_t Disk::write(int file, std::string_view bytes) {
    return ::write(file, bytes.data(), bytes.size());
}

int Disk::sync(int file) {
    return ::fsync(file);
}

int Disk::syncData(int file) {
    return ::fdatasync(file);
}

int Disk::truncate(int file, std::size_t size) {
    return ::ftruncate(file, static_cast<off_t>(size));
}

int Disk::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    return ::rename(from.c_str(), to.c_str());
}

int Disk::unlink(const std::filesystem::path& path) {
    return ::unlink(path.c_str());
}

int Disk::makeDirectory(const std::filesystem::path& path, unsigned mode) {
    return ::mkdir(path.c_str(), mode);
}

int Disk::syncDirectory(const std::filesystem::path& path) {
    const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return -1;
    const int done = ::fsync(directory), error = errno;
    ::close(directory);
    errno = error;
    return done;
}

Disk& disk() {
    return *current();
}

DiskInstead::DiskInstead(Disk& disk) : before_(current().exchange(&disk)) {}

DiskInstead::~DiskInstead() {
    current() = before_;
}

}  // namespace tram::base
