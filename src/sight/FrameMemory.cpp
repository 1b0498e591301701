#include "sight/FrameMemory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace tram::sight {

namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

/// Null when it cannot be; the descriptor is then closed.
unsigned char* mapped(int fd) {
    void* bytes = mmap(nullptr, kMemoryBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (bytes != MAP_FAILED) return static_cast<unsigned char*>(bytes);
    close(fd);
    return nullptr;
}

bool sized(int fd) {
    struct stat about{};
    return fstat(fd, &about) == 0 && static_cast<std::size_t>(about.st_size) == kMemoryBytes;
}

}  // namespace

std::optional<FrameMemory> FrameMemory::make() {
    const int fd = memfd_create("tram-frames", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return std::nullopt;
    if (ftruncate(fd, static_cast<off_t>(kMemoryBytes)) != 0 || fcntl(fd, F_ADD_SEALS, kSeals) != 0) {
        close(fd);
        return std::nullopt;
    }
    auto* bytes = mapped(fd);
    return bytes ? std::optional(FrameMemory(fd, bytes)) : std::nullopt;
}

std::optional<FrameMemory> FrameMemory::open(int fd) {
    if (fd < 0) return std::nullopt;
    if (!sized(fd) || (fcntl(fd, F_GET_SEALS) & kSeals) != kSeals) {
        close(fd);
        return std::nullopt;
    }
    auto* bytes = mapped(fd);
    return bytes ? std::optional(FrameMemory(fd, bytes)) : std::nullopt;
}

FrameMemory::FrameMemory(FrameMemory&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), bytes_(std::exchange(other.bytes_, nullptr)) {}

FrameMemory::~FrameMemory() {
    if (bytes_) munmap(bytes_, kMemoryBytes);
    if (fd_ >= 0) close(fd_);
}

void FrameMemory::wipe() const {
    base::wipe(bytes_, kMemoryBytes);
}

}  // namespace tram::sight
