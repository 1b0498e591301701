#include "crypto/KeyFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/Files.h"

namespace tram::crypto {
namespace {

using base::ProblemKind;

base::Problem openProblem(int error, const std::filesystem::path& path) {
    base::Problem problem = base::fileProblem(error, path);
    if (problem.kind == ProblemKind::FileMissing) problem.kind = ProblemKind::KeyMissing;
    if (problem.kind == ProblemKind::StoreReadOnly || problem.kind == ProblemKind::Internal)
        problem.kind = ProblemKind::FileUnreadable;
    return problem;
}

bool isPrivate(const struct stat& info) {
    return S_ISREG(info.st_mode) && (info.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
           (info.st_uid == ::geteuid() || info.st_uid == 0);
}

/// Reads `size` bytes and sees that nothing follows.
bool readExactly(int fd, unsigned char* out, std::size_t size) {
    for (std::size_t have = 0; have < size;) {
        const ssize_t got = ::read(fd, out + have, size - have);
        if (got == 0 || (got < 0 && errno != EINTR)) return false;
        if (got > 0) have += static_cast<std::size_t>(got);
    }
    unsigned char beyond = 0;
    const bool exact = ::read(fd, &beyond, 1) == 0;
    base::wipe(&beyond, 1);
    return exact;
}

base::Result<base::SecretBytes> readKey(int fd, const std::filesystem::path& path, std::size_t size) {
    struct stat info{};
    if (::fstat(fd, &info) != 0) return tl::unexpected(openProblem(errno, path));
    if (!isPrivate(info))
        return base::fail(ProblemKind::KeyExposed, {{"path", path.string()}, {"expected", "0600"}});
    std::vector<unsigned char> bytes(size);
    const bool exact = readExactly(fd, bytes.data(), size);
    base::SecretBytes secret(std::move(bytes));
    if (!exact)
        return base::fail(ProblemKind::Malformed,
                          {{"path", path.string()}, {"expected", std::to_string(size)}});
    return secret;
}

}  // namespace

base::Result<base::SecretBytes> loadKeyFile(const std::filesystem::path& path, std::size_t size) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return tl::unexpected(openProblem(errno, path));
    auto key = readKey(fd, path, size);
    ::close(fd);
    return key;
}

base::Result<void> saveKeyFile(const std::filesystem::path& path, const base::SecretBytes& secret) {
    const auto& bytes = secret.reveal();
    return base::writeFileAtomically(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, 0600);
}

}  // namespace tram::crypto
