#include "base/FileLock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/Files.h"

namespace tram::base {

namespace {

constexpr std::chrono::milliseconds kLook{10};

}  // namespace

FileLock::~FileLock() {
    if (file_ >= 0) ::close(file_);
}

Result<FileLock> FileLock::take(const std::filesystem::path& path, Kind kind, Millis patience) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return tl::unexpected(fileProblem(errno, path));
    FileLock lock(file);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(file, (kind == Kind::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(fileProblem(errno, path));
        if (std::chrono::steady_clock::now() >= until)
            return fail(ProblemKind::StoreBusy, {{"path", path.string()}});
        std::this_thread::sleep_for(kLook);
    }
    return lock;
}

}  // namespace tram::base
