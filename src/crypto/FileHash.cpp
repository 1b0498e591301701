#include "crypto/FileHash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/Files.h"
#include "crypto/Bytes.h"

namespace tram::crypto {

namespace {

constexpr std::size_t kReadAtOnce = 1u << 18;

base::Result<std::string> hashOf(int opened, const std::filesystem::path& file) {
    struct stat info{};
    if (fstat(opened, &info) != 0) return tl::unexpected(base::fileProblem(errno, file));
    if (!S_ISREG(info.st_mode)) return tl::unexpected(base::fileProblem(EISDIR, file));
    Sha256 hash;
    std::vector<unsigned char> piece(kReadAtOnce);
    for (;;) {
        const auto got = read(opened, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(base::fileProblem(errno, file));
        if (got == 0) return hash.finishHex();
        hash.add(ByteView(piece.data(), static_cast<std::size_t>(got)));
    }
}

}  // namespace

base::Result<std::string> sha256OfFile(const std::filesystem::path& file) {
    const int opened = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (opened < 0) return tl::unexpected(base::fileProblem(errno, file));
    auto hash = hashOf(opened, file);
    close(opened);
    return hash;
}

}  // namespace tram::crypto
