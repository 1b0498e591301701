#include "base/Files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/Random.h"

namespace tram::base {
namespace {

/// A descriptor that is closed on every way out.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    bool ok() const { return fd_ >= 0; }

  private:
    int fd_;
};

Problem readProblem(int error, const std::filesystem::path& path) {
    Problem problem = fileProblem(error, path);
    if (problem.kind == ProblemKind::StoreReadOnly) problem.kind = ProblemKind::FileUnreadable;
    return problem;
}

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

bool syncDirectoryOf(const std::filesystem::path& path) {
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor dir(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return dir.ok() && ::fsync(dir.get()) == 0;
}

bool writeSynced(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return file.ok() && writeAll(file.get(), bytes) && ::fsync(file.get()) == 0;
}

}  // namespace

Problem fileProblem(int error, const std::filesystem::path& path) {
    const auto kind = [error] {
        switch (error) {
            case ENOSPC:
            case EDQUOT:
                return ProblemKind::DiskFull;
            case EROFS:
            case EACCES:
            case EPERM:
                return ProblemKind::StoreReadOnly;
            case ENOENT:
            case ENOTDIR:
                return ProblemKind::FileMissing;
            case EIO:
            case EISDIR:
            case ELOOP:
            case ENAMETOOLONG:
                return ProblemKind::FileUnreadable;
            default:
                return ProblemKind::Internal;
        }
    }();
    const char* symbol = strerrorname_np(error);
    return Problem{kind, {{"path", path.string()}, {"detail", symbol ? symbol : "?"}}};
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.ok()) return tl::unexpected(readProblem(errno, path));
    struct stat info{};
    if (::fstat(file.get(), &info) != 0) return tl::unexpected(readProblem(errno, path));
    if (!S_ISREG(info.st_mode)) return tl::unexpected(readProblem(EISDIR, path));
    std::string bytes;
    // One byte more than told, so that a file just past the limit shows; the size may be 0 in /proc.
    for (std::size_t room = static_cast<std::size_t>(info.st_size) + 1;; room = bytes.size() + 4096) {
        const std::size_t before = bytes.size();
        bytes.resize(std::min(std::max(room, before + 1), limit + 1));
        const ssize_t got = ::read(file.get(), bytes.data() + before, bytes.size() - before);
        if (got < 0 && errno != EINTR) return tl::unexpected(readProblem(errno, path));
        bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (bytes.size() > limit)
            return fail(ProblemKind::TooLarge,
                        {{"path", path.string()}, {"expected", std::to_string(limit)}});
        if (got == 0) return bytes;
    }
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    auto temporary = path;
    temporary += "." + randomHex(8) + ".tmp";
    if (writeSynced(temporary, bytes, mode) && ::rename(temporary.c_str(), path.c_str()) == 0 &&
        syncDirectoryOf(path))
        return {};
    const int error = errno;
    ::unlink(temporary.c_str());
    return tl::unexpected(fileProblem(error, path));
}

}  // namespace tram::base
