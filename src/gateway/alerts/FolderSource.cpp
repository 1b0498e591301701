#include "gateway/alerts/FolderSource.h"

#include <algorithm>

#include "base/Files.h"
#include "cap/Alert.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000, kMostAtOnce = 100;

bool isMessage(const fs::directory_entry& entry) {
    std::error_code error;
    const auto name = entry.path().filename().string();
    return !name.starts_with('.') && !base::isTemporary(name) &&
           (name.ends_with(".xml") || name.ends_with(".cap")) &&
           fs::is_regular_file(entry.symlink_status(error)) && !error;
}

/// Too large is told by one byte too many, as of any other document.
std::string bytesOf(const fs::path& file) {
    auto bytes = base::readFile(file, cap::Alert::kMaxBytes);
    if (!bytes && bytes.error().kind == base::ProblemKind::TooLarge)
        return file.string() + std::string(cap::Alert::kMaxBytes, ' ');
    return bytes.value_or("");
}

}  // namespace

std::vector<std::string> FolderSource::look() {
    std::error_code error;
    std::map<fs::path, Seen> now;
    std::vector<std::string> fresh;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
        if (now.size() == kMostFiles || !isMessage(*entry)) continue;
        std::error_code gone;
        Seen seen{entry->file_size(gone), entry->last_write_time(gone), false};
        if (gone) continue;
        const auto before = seen_.find(entry->path());
        const bool still = before != seen_.end() && before->second.size == seen.size &&
                           before->second.changed == seen.changed;
        seen.taken = still && before->second.taken;
        if (still && !seen.taken && fresh.size() < kMostAtOnce) {
            fresh.push_back(bytesOf(entry->path()));
            seen.taken = true;
        }
        now.emplace(entry->path(), seen);
    }
    seen_ = std::move(now);
    return fresh;
}

}  // namespace tram::gateway
