#include "device/PictureHelper.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <utility>
#include <vector>

#include "device/ChildProcess.h"
#include "device/PictureFrame.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

/// The decoder's own bound, read when its library loads: the last line behind scan/'s check of the header.
const std::vector<std::string> kEnvironment = {"OPENCV_IO_MAX_IMAGE_PIXELS=67108864", "LC_ALL=C"};

/// Without its name: what people call their pictures is nobody's business.
tl::unexpected<base::Problem> unreadable(int error) {
    const bool missing = error == ENOENT || error == ENOTDIR;
    return fail(missing ? ProblemKind::FileMissing : ProblemKind::FileUnreadable,
                {{"detail", std::to_string(error)}});
}

/// A plain file of a size worth starting for. O_NONBLOCK: a FIFO must not hold us up before fstat tells what
/// it is.
Result<Descriptor> openOriginal(const std::filesystem::path& file) {
    Descriptor original(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!original.valid()) return unreadable(errno);
    struct stat about{};
    if (fstat(original.get(), &about) != 0) return unreadable(errno);
    if (!S_ISREG(about.st_mode)) return unreadable(EINVAL);
    if (about.st_size == 0) return fail(ProblemKind::PictureEmpty);
    if (static_cast<std::uintmax_t>(about.st_size) > kMaxOriginalBytes)
        return fail(ProblemKind::PictureTooLarge);
    return original;
}

/// Overwritten before it goes: a memfd's pages are freed, not cleared.
class NamelessFile {
  public:
    explicit NamelessFile(Descriptor file, std::size_t size) : file_(std::move(file)), size_(size) {}
    NamelessFile(NamelessFile&& other) noexcept
        : file_(std::move(other.file_)), size_(std::exchange(other.size_, 0)) {}
    ~NamelessFile() {
        const std::vector<unsigned char> nothing(size_ > 0 ? kPiece : 0);
        for (std::size_t at = 0; at < size_; at += kPiece)
            (void)!pwrite(file_.get(), nothing.data(), std::min(kPiece, size_ - at), static_cast<off_t>(at));
    }
    int get() const { return file_.get(); }

  private:
    static constexpr std::size_t kPiece = 64 << 10;
    Descriptor file_;
    std::size_t size_;
};

Result<NamelessFile> namelessFile(const base::SecretBytes& secret) {
    const auto& bytes = secret.reveal();
    NamelessFile file(Descriptor(memfd_create("picture", MFD_CLOEXEC)), bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto written = pwrite(file.get(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (written <= 0) return fail(ProblemKind::HelperFailed, {{"detail", std::to_string(errno)}});
        at += static_cast<std::size_t>(written);
    }
    return file;
}

base::SecretBytes readBytes(ChildProcess& helper, std::size_t size, Deadline deadline) {
    std::vector<unsigned char> bytes(size);
    const bool whole = helper.read(bytes.data(), size, deadline);
    base::SecretBytes secret(std::move(bytes));
    if (!whole) secret.clear();
    return secret;
}

/// Nothing unless the whole frame came, and nothing behind it.
PictureHelper::Prepared readAnswer(ChildProcess& helper, Deadline deadline) {
    PictureHelper::Prepared prepared;
    PictureFrame frame;
    PictureFrame::Bytes head{};
    if (!helper.read(head.data(), head.size(), deadline) || !frame.fromBytes(head)) return prepared;
    prepared.jpeg = readBytes(helper, frame.jpegBytes, deadline);
    if (!prepared.jpeg.empty()) prepared.thumbnail = readBytes(helper, frame.thumbnailBytes, deadline);
    if (prepared.thumbnail.empty() || !helper.outputEnded(deadline)) return {};
    prepared.width = static_cast<int>(frame.width);
    prepared.height = static_cast<int>(frame.height);
    return prepared;
}

base::Problem problemOf(std::optional<int> exit) {
    switch (static_cast<PictureExit>(exit.value_or(-1))) {
        case PictureExit::Empty:
            return {ProblemKind::PictureEmpty, {}};
        case PictureExit::TooLarge:
            return {ProblemKind::PictureTooLarge, {}};
        case PictureExit::Unreadable:
            return {ProblemKind::PictureUnreadable, {}};
        default:
            return {ProblemKind::HelperFailed, {{"detail", exit ? std::to_string(*exit) : "killed"}}};
    }
}

}  // namespace

PictureHelper::PictureHelper(std::filesystem::path program, base::Millis patience)
    : program_(std::move(program)), patience_(patience) {}

Result<PictureHelper::Prepared> PictureHelper::prepare(const std::filesystem::path& file) const {
    const auto original = openOriginal(file);
    if (!original) return tl::unexpected(original.error());
    return prepareFrom(original->get());
}

Result<PictureHelper::Prepared> PictureHelper::prepare(const base::SecretBytes& bytes) const {
    if (bytes.empty()) return fail(ProblemKind::PictureEmpty);
    if (bytes.reveal().size() > kMaxOriginalBytes) return fail(ProblemKind::PictureTooLarge);
    const auto original = namelessFile(bytes);
    if (!original) return tl::unexpected(original.error());
    return prepareFrom(original->get());
}

Result<PictureHelper::Prepared> PictureHelper::prepareFrom(int original) const {
    // One at a time: each may take a gigabyte (Confine.cpp), and several at once a small machine's memory.
    static std::mutex turn;
    const std::lock_guard mine(turn);
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    auto helper =
        ChildProcess::start({program_.string(), std::string(kPrepareCommand)}, kEnvironment, original);
    if (!helper) return tl::unexpected(helper.error());
    auto prepared = readAnswer(*helper, deadline);
    const auto exit = helper->wait(deadline);
    if (exit != static_cast<int>(PictureExit::Done) || prepared.thumbnail.empty())
        return tl::unexpected(problemOf(exit));
    return prepared;
}

void PictureHelper::endAll() {
    ChildProcess::endAll();
}

void PictureHelper::endAllForGood() {
    ChildProcess::endAllForGood();
}

}  // namespace tram::device
