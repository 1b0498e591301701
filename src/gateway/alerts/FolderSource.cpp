#include "gateway/alerts/FolderSource.h"

#include <sys/stat.h>

#include <optional>

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
std::optional<std::string> bytesOf(const fs::path& file) {
    auto bytes = base::readFile(file, cap::Alert::kMaxBytes);
    if (!bytes && bytes.error().kind == base::ProblemKind::TooLarge)
        return file.string() + std::string(cap::Alert::kMaxBytes, ' ');
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

std::optional<unsigned> ownerOf(const fs::path& file) {
    struct stat info{};
    if (stat(file.c_str(), &info) != 0) return {};
    return info.st_uid;
}

}  // namespace

std::map<fs::path, FolderSource::Seen> FolderSource::files() const {
    std::error_code error;
    std::map<fs::path, Seen> now;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
        if (now.size() == kMostFiles || !isMessage(*entry)) continue;
        std::error_code gone;
        Seen seen{entry->file_size(gone), entry->last_write_time(gone), State::New, false};
        if (gone) continue;
        const auto before = seen_.find(entry->path());
        seen.still = before != seen_.end() && before->second.size == seen.size &&
                     before->second.changed == seen.changed;
        if (seen.still) seen.state = before->second.state;
        now.emplace(entry->path(), seen);
    }
    return now;
}

void FolderSource::look(const Take& take, bool again) {
    seen_ = files();
    std::size_t left = kMostAtOnce;
    for (const auto state : {State::New, State::Unsettled}) {
        if (state == State::Unsettled && !again) continue;
        for (auto& [file, seen] : seen_) {
            if (!seen.still || seen.state != state || left == 0) continue;
            --left;
            Found found{file.filename().string(), bytesOf(file), ownerOf(file)};
            const bool readable = found.document.has_value();
            const bool settled = (readable || state == State::New) && take(std::move(found));
            seen.state = settled && readable ? State::Settled : State::Unsettled;
        }
    }
}

}  // namespace tram::gateway
