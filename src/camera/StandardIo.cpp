#include "camera/StandardIo.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace tram::camera {

bool readAll(int fd, std::size_t most, base::SecretBytes& out) {
    std::vector<unsigned char> bytes(most + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    out = base::SecretBytes(std::move(bytes));
    return true;
}

bool writeAll(const unsigned char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t wrote = write(STDOUT_FILENO, bytes, size);
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) bytes += wrote, size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

bool writeAll(const base::SecretBytes& bytes) {
    return writeAll(bytes.reveal().data(), bytes.reveal().size());
}

}  // namespace tram::camera
