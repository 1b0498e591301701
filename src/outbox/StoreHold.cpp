#include "outbox/StoreHold.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/Disk.h"
#include "base/Files.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

/// Putting a small store aside takes less; a page that waits longer for it shows that it waits.
constexpr std::chrono::milliseconds kPatience{300}, kLook{10};

}  // namespace

StoreHold::~StoreHold() {
    if (file_ >= 0) ::close(file_);
}

Result<StoreHold> StoreHold::take(const fs::path& dataDir, int operation) {
    const auto path = dataDir / "store.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return tl::unexpected(base::fileProblem(errno, path));
    StoreHold hold(file);
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (::flock(file, operation | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(base::fileProblem(errno, path));
        if (std::chrono::steady_clock::now() >= until)
            return base::fail(ProblemKind::StoreBusy, {{"path", path.string()}});
        std::this_thread::sleep_for(kLook);
    }
    return hold;
}

Result<StoreHold> StoreHold::share(const fs::path& dataDir) {
    auto hold = take(dataDir, LOCK_SH);
    if (hold && storeSuspected(dataDir))
        return base::fail(ProblemKind::StoreDamaged, {{"detail", "suspected"}});
    return hold;
}

Result<StoreHold> StoreHold::alone(const fs::path& dataDir) {
    return take(dataDir, LOCK_EX);
}

bool storeSuspected(const fs::path& dataDir) {
    return ::access((dataDir / "store.suspect").c_str(), F_OK) == 0;
}

void suspectStore(const fs::path& dataDir) {
    // What stands in it may be a repair's plan: never written over.
    const int file = base::disk().open(dataDir / "store.suspect",
                                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return;
    ::close(file);
    (void)base::syncDirectory(dataDir);
}

}  // namespace tram::outbox
