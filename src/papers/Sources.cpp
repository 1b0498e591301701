#include "papers/Sources.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace tram::papers {

namespace {

bool namedAsPicture(const std::filesystem::path& file) {
    auto type = file.extension().string();
    std::ranges::transform(type, type.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return type == ".jpg" || type == ".jpeg" || type == ".png";
}

base::WallTime writtenAt(const struct stat& about) {
    const auto at =
        std::chrono::seconds(about.st_mtim.tv_sec) + std::chrono::nanoseconds(about.st_mtim.tv_nsec);
    return base::WallTime(std::chrono::duration_cast<base::Millis>(at));
}

}  // namespace

ScannerFiles scannerFiles(const std::filesystem::path& folder, base::WallTime since) {
    ScannerFiles found;
    std::error_code error;
    std::filesystem::directory_iterator each(folder, error);
    if (error) return found;
    found.folder = true;
    for (; !error && each != std::filesystem::directory_iterator(); each.increment(error)) {
        struct stat about{};
        const auto& path = each->path();
        if (!namedAsPicture(path) || lstat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
        if (writtenAt(about) < since)
            ++found.older;
        else
            found.fresh.push_back({path, writtenAt(about)});
    }
    std::ranges::sort(found.fresh, {}, [](const ScannerFile& one) { return std::pair(one.at, one.path); });
    if (found.fresh.size() > ScannerFiles::kMost) found.fresh.resize(ScannerFiles::kMost);
    return found;
}

void forgetFile(const std::filesystem::path& file) {
    const int opened = open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    struct stat about{};
    const bool plain = opened >= 0 && fstat(opened, &about) == 0 && S_ISREG(about.st_mode);
    if (plain) (void)!ftruncate(opened, 0);
    if (plain) unlink(file.c_str());
    if (opened >= 0) close(opened);
}

}  // namespace tram::papers
