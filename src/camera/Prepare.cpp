#include <unistd.h>

#include "camera/Commands.h"
#include "camera/Confine.h"
#include "camera/StandardIo.h"
#include "device/PictureFrame.h"
#include "scan/Picture.h"

namespace tram::camera {

namespace {

using base::Problem;
using base::ProblemKind;
using base::SecretBytes;
using device::PictureExit;
using device::PictureFrame;

static_assert(device::kMaxOriginalBytes == scan::kMaxPictureBytes);

bool answer(const scan::PreparedPicture& picture) {
    PictureFrame frame;
    frame.width = static_cast<std::uint32_t>(picture.width);
    frame.height = static_cast<std::uint32_t>(picture.height);
    frame.jpegBytes = static_cast<std::uint32_t>(picture.jpeg.reveal().size());
    frame.thumbnailBytes = static_cast<std::uint32_t>(picture.thumbnail.reveal().size());
    const auto head = frame.toBytes();
    return writeAll(head.data(), head.size()) && writeAll(picture.jpeg) && writeAll(picture.thumbnail);
}

PictureExit exitFor(const Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::PictureEmpty:
            return PictureExit::Empty;
        case ProblemKind::PictureTooLarge:
            return PictureExit::TooLarge;
        case ProblemKind::PictureUnreadable:
            return PictureExit::Unreadable;
        default:
            return PictureExit::Failed;
    }
}

PictureExit prepared() {
    SecretBytes original;
    if (!confine(Work::OnePicture) || !readAll(STDIN_FILENO, scan::kMaxPictureBytes, original))
        return PictureExit::Failed;
    const auto picture = scan::preparePicture(original);
    if (!picture) return exitFor(picture.error());
    return answer(*picture) ? PictureExit::Done : PictureExit::Failed;
}

}  // namespace

int prepare() {
    return static_cast<int>(prepared());
}

}  // namespace tram::camera
