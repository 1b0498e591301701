#include "outbox/StoreHold.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/Disk.h"
#include "base/Files.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

/// Putting a small store aside takes less; a page that waits longer for it shows that it waits.
constexpr base::Millis kPatience{300};

}  // namespace

Result<StoreHold> StoreHold::take(const fs::path& dataDir, base::FileLock::Kind kind) {
    return base::FileLock::take(dataDir / "store.lock", kind, kPatience).map([](base::FileLock lock) {
        return StoreHold(std::move(lock));
    });
}

Result<StoreHold> StoreHold::share(const fs::path& dataDir) {
    auto hold = take(dataDir, base::FileLock::Kind::Shared);
    if (hold && storeSuspected(dataDir))
        return base::fail(ProblemKind::StoreDamaged, {{"detail", "suspected"}});
    return hold;
}

Result<StoreHold> StoreHold::alone(const fs::path& dataDir) {
    return take(dataDir, base::FileLock::Kind::Alone);
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
