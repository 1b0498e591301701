#include "camera/Recorded.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "camera/StandardIo.h"
#include "scan/AviFrames.h"

namespace tram::camera {

using base::fail;
using base::ProblemKind;
using base::Result;
using base::SecretBytes;

namespace {

bool isPictureName(std::string_view name) {
    return !name.starts_with('.') &&
           (name.ends_with(".png") || name.ends_with(".jpg") || name.ends_with(".jpeg") ||
            name.ends_with(".PNG") || name.ends_with(".JPG"));
}

/// Takes `fd` over.
std::vector<std::string> pictureNames(int fd) {
    std::vector<std::string> names;
    DIR* folder = fdopendir(fd);
    if (!folder) return names;
    while (const dirent* entry = readdir(folder))
        if (isPictureName(entry->d_name)) names.emplace_back(entry->d_name);
    closedir(folder);
    std::ranges::sort(names);  // f001.png before f002.png
    if (names.size() > kMaxFrames) names.resize(kMaxFrames);
    return names;
}

Result<SecretBytes> readFile(int fd, std::size_t most) {
    SecretBytes bytes;
    struct stat about{};
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return fail(ProblemKind::FileUnreadable);
    if (static_cast<std::uintmax_t>(about.st_size) > most) return fail(ProblemKind::PictureTooLarge);
    if (!readAll(fd, static_cast<std::size_t>(about.st_size), bytes))
        return fail(ProblemKind::FileUnreadable);
    if (bytes.empty()) return fail(ProblemKind::PictureEmpty);
    if (bytes.reveal().size() > most) return fail(ProblemKind::PictureTooLarge);
    return bytes;
}

/// A picture that cannot be opened or is none leaves a gap in a film, and no more.
Result<Recorded> readFolder(int fd) {
    Recorded recorded;
    std::size_t left = kMaxBytes;
    for (const auto& name : pictureNames(dup(fd))) {
        const int picture = openat(fd, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (picture < 0) continue;
        auto bytes = readFile(picture, left);
        close(picture);
        if (!bytes && bytes.error().kind == ProblemKind::PictureTooLarge) break;
        if (!bytes) continue;
        left -= bytes->reveal().size();
        recorded.frames.push_back(std::move(*bytes));
    }
    if (recorded.frames.empty()) return fail(ProblemKind::PictureEmpty);
    return recorded;
}

}  // namespace

Result<Recorded> Recorded::read(int fd) {
    struct stat about{};
    if (fstat(fd, &about) != 0) return fail(ProblemKind::FileUnreadable);
    if (S_ISDIR(about.st_mode)) return readFolder(fd);
    if (!S_ISREG(about.st_mode)) return fail(ProblemKind::FileUnreadable);
    auto bytes = readFile(fd, kMaxBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    Recorded recorded;
    recorded.frames.push_back(std::move(*bytes));
    return recorded;
}

Result<void> Recorded::unpack() {
    if (frames.size() != 1 || !scan::isAvi(frames[0].reveal())) return {};
    const auto parts = scan::aviFrames(frames[0].reveal(), kMaxFrames);
    if (!parts) return tl::unexpected(parts.error());
    std::vector<SecretBytes> unpacked;
    for (const auto& part : *parts)
        unpacked.emplace_back(std::vector<unsigned char>(part.begin(), part.end()));
    frames = std::move(unpacked);
    return {};
}

}  // namespace tram::camera
