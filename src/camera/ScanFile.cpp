#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "camera/Commands.h"
#include "camera/Confine.h"
#include "camera/Recorded.h"
#include "camera/StandardIo.h"
#include "device/PictureFrame.h"
#include "scan/CodeReader.h"
#include "scan/Decoding.h"
#include "sight/Messages.h"

namespace tram::camera {

namespace {

using base::ProblemKind;
using device::PictureExit;

PictureExit exitFor(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::PictureEmpty:
            return PictureExit::Empty;
        case ProblemKind::PictureTooLarge:
            return PictureExit::TooLarge;
        case ProblemKind::PictureUnreadable:
        case ProblemKind::FileUnreadable:
            return PictureExit::Unreadable;
        default:
            return PictureExit::Failed;
    }
}

/// Length and bytes of a sight::Code; what follows the last is nothing.
bool write(scan::Reading&& reading) {
    sight::Code code;
    code.format =
        reading.symbology == scan::Symbology::Qr ? sight::CodeFormat::Qr : sight::CodeFormat::Code128;
    code.text = std::move(reading.text);
    const auto bytes = sight::toBytes(sight::ToKiosk(std::move(code)));
    const auto size = static_cast<std::uint32_t>(bytes.reveal().size());
    const unsigned char head[] = {static_cast<unsigned char>(size), static_cast<unsigned char>(size >> 8)};
    return writeAll(head, sizeof head) && writeAll(bytes);
}

/// A film goes by once, as before the camera; what is shorter than all stages comes again until each has had
/// its turn. One picture is a film of one frame.
struct Seen {
    scan::Readings codes;
    std::size_t decoded = 0;
    bool shrunk = false;
};
Seen look(const Recorded& film, int maxSide) {
    Seen seen;
    scan::CodeReader reader;
    const auto stages = static_cast<std::size_t>(scan::CodeReader::roundOfStages());
    cv::Mat grey;
    for (std::size_t i = 0; i < std::max(stages, film.frames.size()); ++i) {
        if (film.frames.size() > 1 || i == 0) {
            const auto frame = scan::decodePicture(film.frames[i % film.frames.size()], maxSide);
            if (!frame && film.frames.size() == 1) return seen;
            if (!frame) continue;
            ++seen.decoded;
            seen.shrunk = seen.shrunk || std::max(frame->cols, frame->rows) == maxSide;
            grey = scan::greyOf(*frame);
        }
        for (auto& code : reader.look(grey).codes) seen.codes.push_back(std::move(code));
    }
    return seen;
}

/// The camera's size first; a large picture with a small code in it then gets a second look.
constexpr int kFirstSide = 1600, kSecondSide = 4096;

PictureExit scanned() {
    auto film = Recorded::read(STDIN_FILENO);
    if (!film) return exitFor(film.error().kind);
    if (!confine(Work::OneFile)) return PictureExit::Failed;
    if (const auto unpacked = film->unpack(); !unpacked) return exitFor(unpacked.error().kind);
    if (film->frames.size() == 1)
        if (const auto only = scan::decodePicture(film->frames[0], kFirstSide); !only)
            return exitFor(only.error().kind);
    auto seen = look(*film, kFirstSide);
    if (seen.decoded == 0) return PictureExit::Unreadable;
    if (seen.codes.empty() && seen.shrunk) seen = look(*film, kSecondSide);
    for (auto& code : seen.codes)
        if (!write(std::move(code))) return PictureExit::Failed;
    return PictureExit::Done;
}

}  // namespace

int scanFile() {
    return static_cast<int>(scanned());
}

}  // namespace tram::camera
