#include "gateway/storage/SoleServer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/Files.h"

namespace tram::gateway {

base::Result<SoleServer> SoleServer::claim(const std::filesystem::path& dir, const char* name,
                                           const char* expected) {
    const auto path = dir / name;
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return tl::unexpected(base::fileProblem(errno, path));
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return SoleServer(file);
    const int error = errno;
    close(file);
    if (error != EWOULDBLOCK) return tl::unexpected(base::fileProblem(error, path));
    return base::fail(base::ProblemKind::StoreBusy, {{"path", path.string()}, {"expected", expected}});
}

SoleServer::SoleServer(SoleServer&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

SoleServer::~SoleServer() {
    if (file_ >= 0) close(file_);
}

}  // namespace tram::gateway
