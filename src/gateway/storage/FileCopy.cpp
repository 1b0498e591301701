#include "gateway/storage/FileCopy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/Files.h"
#include "crypto/Bytes.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::Result;

constexpr std::size_t kPiece = 1u << 18;

class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags, unsigned mode = 0)
        : fd_(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    int get() const { return fd_; }
    bool ok() const { return fd_ >= 0; }

  private:
    int fd_;
};

tl::unexpected<base::Problem> failed(const fs::path& path) {
    return tl::unexpected(base::fileProblem(errno, path));
}

bool writeAll(int fd, const unsigned char* data, std::size_t size) {
    while (size > 0) {
        const auto wrote = write(fd, data, size);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        data += wrote;
        size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

/// `use` gets each piece and may stop it.
template <class Use>
Result<void> readAll(const fs::path& file, Use use) {
    const Descriptor in(file, O_RDONLY);
    if (!in.ok()) return failed(file);
    std::vector<unsigned char> piece(kPiece);
    for (;;) {
        const auto got = read(in.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(file);
        if (got == 0) return {};
        if (auto used = use(crypto::ByteView(piece.data(), static_cast<std::size_t>(got))); !used)
            return used;
    }
}

}  // namespace

Result<std::string> hashOfFile(const fs::path& file) {
    crypto::Sha256 hash;
    auto read = readAll(file, [&](crypto::ByteView piece) -> Result<void> {
        hash.add(piece);
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    return hash.finishHex();
}

Result<void> syncFile(const fs::path& file) {
    const Descriptor opened(file, O_RDONLY);
    if (!opened.ok() || fsync(opened.get()) != 0) return failed(file);
    return {};
}

Result<void> copyFile(const fs::path& from, const fs::path& to) {
    const Descriptor out(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (!out.ok()) return failed(to);
    auto copied = readAll(from, [&](crypto::ByteView piece) -> Result<void> {
        if (!writeAll(out.get(), piece.data(), piece.size())) return failed(to);
        return {};
    });
    if (!copied) return copied;
    if (fsync(out.get()) != 0) return failed(to);
    return {};
}

Result<void> linkOrCopy(const fs::path& from, const fs::path& to) {
    if (link(from.c_str(), to.c_str()) == 0) return {};
    // EPERM: not every file system has links, nor lets one link what is somebody else's
    // (protected_hardlinks).
    if (errno != EXDEV && errno != EPERM && errno != EMLINK && errno != EOPNOTSUPP) return failed(from);
    return copyFile(from, to);
}

bool isWithin(const fs::path& inner, const fs::path& outer) {
    const auto relative = fs::weakly_canonical(inner).lexically_relative(fs::weakly_canonical(outer));
    return !relative.empty() && *relative.begin() != "..";
}

}  // namespace tram::gateway
