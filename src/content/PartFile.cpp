#include "content/PartFile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/Disk.h"
#include "base/Files.h"
#include "crypto/FileHash.h"

namespace tram::content {

using base::disk;
using base::Result;

namespace {

tl::unexpected<base::Problem> failed(const std::filesystem::path& path) {
    return tl::unexpected(base::fileProblem(errno, path));
}

/// What opens, is used and closes again; the errno of what failed.
template <class Use>
bool withFile(const std::filesystem::path& path, int flags, Use use) {
    const int file = disk().open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (file < 0) return false;
    const bool used = use(file);
    const int error = errno;
    ::close(file);
    errno = error;
    return used;
}

bool writeAll(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto wrote = disk().write(file, bytes);
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

}  // namespace

std::uint64_t PartFile::size() const {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path_, missing);
    return missing ? 0 : size;
}

Result<void> PartFile::append(std::string_view bytes) const {
    if (withFile(path_, O_WRONLY | O_APPEND | O_CREAT, [&](int file) { return writeAll(file, bytes); }))
        return {};
    return failed(path_);
}

Result<void> PartFile::become(const std::filesystem::path& whole, const std::string& sha256) const {
    const auto hash = crypto::sha256OfFile(path_);
    if (!hash) return tl::unexpected(hash.error());
    if (*hash != sha256) {
        drop();
        return base::fail(base::ProblemKind::BadResponse, {{"detail", "hash"}});
    }
    if (!withFile(path_, O_WRONLY, [](int file) { return disk().sync(file) == 0; })) return failed(path_);
    if (disk().rename(path_, whole) != 0 || disk().syncDirectory(whole.parent_path()) != 0)
        return failed(whole);
    return {};
}

void PartFile::drop() const {
    disk().unlink(path_);
}

}  // namespace tram::content
