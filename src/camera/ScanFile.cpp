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

PictureExit exitFor(const base::Problem& problem) {
    if (problem.fact("key") == "scans") return PictureExit::TooManyScans;
    switch (problem.kind) {
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

sight::Code wireCode(scan::Reading&& reading) {
    sight::Code code;
    code.format =
        reading.symbology == scan::Symbology::Qr ? sight::CodeFormat::Qr : sight::CodeFormat::Code128;
    code.number = reading.number;
    code.text = std::move(reading.text);
    return code;
}

/// Length and bytes; what follows the last is nothing.
bool write(const sight::ToKiosk& message) {
    const auto bytes = sight::toBytes(message);
    const auto size = static_cast<std::uint32_t>(bytes.reveal().size());
    const unsigned char head[] = {static_cast<unsigned char>(size), static_cast<unsigned char>(size >> 8)};
    return writeAll(head, sizeof head) && writeAll(bytes);
}

/// A film goes by once, as before the camera; what is shorter than all stages comes again until each has had
/// its turn. One picture is a film of one frame.
struct Seen {
    std::vector<sight::ToKiosk> told;  // as to a kiosk: sight::Code and sight::InView
    std::vector<std::uint32_t> inView;
    std::size_t decoded = 0;
    base::Problem refused;  // the last that was no picture
    bool shrunk = false;
};
void add(Seen& seen, scan::CodeReader::Sight&& sight) {
    for (auto& code : sight.codes) seen.told.emplace_back(wireCode(std::move(code)));
    if (sight.inView == seen.inView) return;
    seen.told.emplace_back(sight::InView{seen.inView = std::move(sight.inView)});
}
Seen look(const Recorded& film, int maxSide) {
    Seen seen;
    scan::CodeReader reader;
    const auto stages = static_cast<std::size_t>(scan::CodeReader::roundOfStages());
    cv::Mat grey;
    for (std::size_t i = 0; i < std::max(stages, film.frames.size()); ++i) {
        if (film.frames.size() > 1 || i == 0) {
            const auto frame = scan::decodePicture(film.frames[i % film.frames.size()], maxSide);
            if (!frame) {
                seen.refused = frame.error();
                if (film.frames.size() == 1) return seen;
                continue;
            }
            ++seen.decoded;
            seen.shrunk = seen.shrunk || std::max(frame->cols, frame->rows) == maxSide;
            grey = scan::greyOf(*frame);
        }
        add(seen, reader.look(grey));
    }
    return seen;
}

/// The camera's size first; a large picture with a small code in it then gets a second look.
constexpr int kFirstSide = 1600, kSecondSide = 4096;

PictureExit scanned() {
    auto film = Recorded::read(STDIN_FILENO);
    if (!film) return exitFor(film.error());
    if (!confine(Work::OneFile)) return PictureExit::Failed;
    if (const auto unpacked = film->unpack(); !unpacked) return exitFor(unpacked.error());
    auto seen = look(*film, kFirstSide);
    if (seen.decoded == 0) return exitFor(seen.refused);
    if (seen.told.empty() && seen.shrunk) seen = look(*film, kSecondSide);
    for (const auto& message : seen.told)
        if (!write(message)) return PictureExit::Failed;
    return PictureExit::Done;
}

}  // namespace

int scanFile() {
    return static_cast<int>(scanned());
}

}  // namespace tram::camera
