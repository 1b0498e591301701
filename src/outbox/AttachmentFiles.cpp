#include "outbox/AttachmentFiles.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "base/Disk.h"
#include "base/Files.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

/// It belongs to a report whose row may tell the hour only, and cannot be told from others. What the file
/// system itself notes (when the inode was made and changed last) is nobody's to set.
void coarsenTimes(const fs::path& file) {
    using namespace std::chrono;
    const timespec hour{duration_cast<seconds>(floor<hours>(system_clock::now()).time_since_epoch()).count(),
                        0};
    const timespec times[] = {hour, hour};
    (void)utimensat(AT_FDCWD, file.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

}  // namespace

bool isSha256(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<void> checkAttachment(const StoredAttachment& meta, std::string_view bytes) {
    if (isSha256(meta.sha256) && meta.size == bytes.size() && !bytes.empty()) return {};
    return base::fail(ProblemKind::Malformed, {{"detail", "attachment"}});
}

Result<AttachmentFiles> AttachmentFiles::open(fs::path directory) {
    if (auto made = base::makeDirectories(directory); !made) return tl::unexpected(made.error());
    std::error_code error;
    const auto mode = fs::status(directory, error).permissions();
    if (!error && mode != fs::perms::owner_all) fs::permissions(directory, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), directory));
    return AttachmentFiles(std::move(directory));
}

Result<void> AttachmentFiles::put(const StoredAttachment& meta, std::string_view bytes) const {
    if (auto fine = checkAttachment(meta, bytes); !fine) return fine;
    const auto file = directory_ / meta.sha256;
    if (auto written = base::writeFileAtomically(file, bytes, 0600); !written) return written;
    coarsenTimes(file);
    return {};
}

Result<std::string> AttachmentFiles::path(const std::string& sha256) const {
    std::error_code error;
    if (!isSha256(sha256) || !fs::is_regular_file(fs::symlink_status(directory_ / sha256, error))) {
        return base::fail(ProblemKind::FileMissing);
    }
    return (directory_ / sha256).string();
}

Result<void> AttachmentFiles::remove(const std::string& sha256) const {
    if (base::disk().unlink(directory_ / sha256) == 0 || errno == ENOENT) return {};
    return tl::unexpected(base::fileProblem(errno, directory_));
}

std::vector<std::string> AttachmentFiles::names() const {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(directory_, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    return names;
}

}  // namespace tram::outbox
