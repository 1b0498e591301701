#include "device/PictureHelper.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
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
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    auto original = openOriginal(file);
    if (!original) return tl::unexpected(original.error());
    auto helper =
        ChildProcess::start({program_.string(), std::string(kPrepareCommand)}, kEnvironment, original->get());
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
