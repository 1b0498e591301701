#include "pack/PlaceFile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/Disk.h"
#include "base/Files.h"

namespace tram::pack {

namespace {

bool sync(const std::filesystem::path& path) {
    const int file = base::disk().open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    if (file < 0) return false;
    const bool synced = base::disk().sync(file) == 0;
    const int why = errno;
    ::close(file);
    errno = why;
    return synced;
}

}  // namespace

base::Result<void> placeFile(const std::filesystem::path& unfinished, const std::filesystem::path& path) {
    if (!sync(unfinished) || base::disk().rename(unfinished, path) != 0)
        return tl::unexpected(base::fileProblem(errno, path));
    return base::syncDirectory(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace tram::pack
