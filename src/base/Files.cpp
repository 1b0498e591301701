#include "base/Files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/Disk.h"
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
    if (problem.kind == ProblemKind::StoreReadOnly || problem.kind == ProblemKind::Internal)
        problem.kind = ProblemKind::FileUnreadable;
    return problem;
}

constexpr std::string_view kTemporary = ".tmp";
constexpr int kTemporaryDigits = 16;

/// A disk that fails to write is not one whose file cannot be read.
Problem writeProblem(int error, const std::filesystem::path& path) {
    Problem problem = fileProblem(error, path);
    if (error == EIO) problem.kind = ProblemKind::StoreReadOnly;
    return problem;
}

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = disk().write(fd, bytes);
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

std::filesystem::path parentOf(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

bool writeSynced(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    const Descriptor file(disk().open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return file.ok() && writeAll(file.get(), bytes) && disk().sync(file.get()) == 0;
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
    temporary += "." + randomHex(kTemporaryDigits / 2);
    temporary += kTemporary;
    if (writeSynced(temporary, bytes, mode) && disk().rename(temporary, path) == 0 &&
        disk().syncDirectory(parentOf(path)) == 0)
        return {};
    const int error = errno;
    disk().unlink(temporary);
    return tl::unexpected(writeProblem(error, path));
}

bool isTemporary(std::string_view fileName) {
    if (!fileName.ends_with(kTemporary)) return false;
    fileName.remove_suffix(kTemporary.size());
    if (fileName.size() < kTemporaryDigits + 2 || fileName[fileName.size() - kTemporaryDigits - 1] != '.')
        return false;
    const auto digits = fileName.substr(fileName.size() - kTemporaryDigits);
    return digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

Result<void> makeDirectories(const std::filesystem::path& path, unsigned mode) {
    std::error_code unclear;
    if (path.empty() || std::filesystem::is_directory(path, unclear)) return {};
    if (auto above = makeDirectories(path.parent_path(), mode); !above) return above;
    const int error = disk().makeDirectory(path, mode) == 0 ? 0 : errno;
    if (error != 0 && !std::filesystem::is_directory(path, unclear))  // another process may have made it
        return tl::unexpected(writeProblem(error, path));
    return syncDirectory(parentOf(path));
}

Result<void> syncDirectory(const std::filesystem::path& directory) {
    if (disk().syncDirectory(directory.empty() ? "." : directory) == 0) return {};
    return tl::unexpected(writeProblem(errno, directory));
}

}  // namespace tram::base
