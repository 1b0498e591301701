#include "device/PictureInput.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "device/PictureFrame.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kWipePiece = 64 << 10;

tl::unexpected<base::Problem> noOriginal(int error) {
    const bool missing = error == ENOENT || error == ENOTDIR;
    return fail(missing ? ProblemKind::FileMissing : ProblemKind::FileUnreadable,
                {{"detail", std::to_string(error)}});
}

}  // namespace

const std::vector<std::string>& pictureEnvironment() {
    static const std::vector<std::string> kEnvironment = {"OPENCV_IO_MAX_IMAGE_PIXELS=67108864", "LC_ALL=C"};
    return kEnvironment;
}

/// O_NONBLOCK: a FIFO must not hold us up before fstat tells what it is.
Result<Descriptor> openOriginal(const std::filesystem::path& file) {
    Descriptor original(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!original.valid()) return noOriginal(errno);
    struct stat about{};
    if (fstat(original.get(), &about) != 0) return noOriginal(errno);
    if (!S_ISREG(about.st_mode)) return noOriginal(EINVAL);
    if (about.st_size == 0) return fail(ProblemKind::PictureEmpty);
    if (static_cast<std::uintmax_t>(about.st_size) > kMaxOriginalBytes)
        return fail(ProblemKind::PictureTooLarge);
    return original;
}

Result<NamelessFile> NamelessFile::of(const base::SecretBytes& picture) {
    const auto& bytes = picture.reveal();
    if (bytes.empty()) return fail(ProblemKind::PictureEmpty);
    if (bytes.size() > kMaxOriginalBytes) return fail(ProblemKind::PictureTooLarge);
    NamelessFile file(Descriptor(memfd_create("picture", MFD_CLOEXEC)), bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto written = pwrite(file.get(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (written <= 0) return fail(ProblemKind::HelperFailed, {{"detail", std::to_string(errno)}});
        at += static_cast<std::size_t>(written);
    }
    return file;
}

NamelessFile::NamelessFile(NamelessFile&& other) noexcept
    : file_(std::move(other.file_)), size_(std::exchange(other.size_, 0)) {}

NamelessFile::~NamelessFile() {
    const std::vector<unsigned char> nothing(size_ > 0 ? kWipePiece : 0);
    for (std::size_t at = 0; at < size_; at += kWipePiece)
        (void)!pwrite(file_.get(), nothing.data(), std::min(kWipePiece, size_ - at), static_cast<off_t>(at));
}

std::mutex& PictureTurn::turn() {
    static std::mutex one;
    return one;
}

base::SecretBytes readBytes(ChildProcess& helper, std::size_t size, Deadline deadline) {
    std::vector<unsigned char> bytes(size);
    const bool whole = helper.read(bytes.data(), size, deadline);
    base::SecretBytes secret(std::move(bytes));
    if (!whole) secret.clear();
    return secret;
}

}  // namespace tram::device
