// Preloaded into a program under test: while the file named by TRAM_FAILING_DISK exists, writing to regular
// files fails as on a full disk, or, when it says "readonly", as on one that the kernel has made read-only.
// What is already open stays open, as on a real one. Standard error goes on working.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace {

/// The errno to fail with; 0: the disk is well.
int failure(int fd) {
    static const char* const flag = std::getenv("TRAM_FAILING_DISK");
    struct stat about{};
    if (fd <= STDERR_FILENO || flag == nullptr || stat(flag, &about) != 0) return 0;
    const bool readOnly = about.st_size > 0;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return 0;
    return readOnly ? EROFS : ENOSPC;
}

template <class Real, class... Arguments>
auto guarded(const char* name, int fd, Arguments... arguments) {
    static_assert(sizeof...(arguments) > 0);
    const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, name));
    if (const int error = failure(fd)) {
        errno = error;
        return static_cast<decltype(real(fd, arguments...))>(-1);
    }
    return real(fd, arguments...);
}

}  // namespace

extern "C" {
ssize_t write(int fd, const void* bytes, size_t size) {
    return guarded<ssize_t (*)(int, const void*, size_t)>("write", fd, bytes, size);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
    return guarded<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite", fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
    return guarded<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64", fd, bytes, size, at);
}
int ftruncate(int fd, off_t size) noexcept {
    return guarded<int (*)(int, off_t)>("ftruncate", fd, size);
}
int ftruncate64(int fd, off64_t size) noexcept {
    return guarded<int (*)(int, off64_t)>("ftruncate64", fd, size);
}
}
