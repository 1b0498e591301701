#include <unistd.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "camera/Commands.h"
#include "camera/Confine.h"
#include "camera/StandardIo.h"
#include "device/PageFrame.h"
#include "device/PictureFrame.h"
#include "scan/CodeReader.h"
#include "scan/Decoding.h"
#include "scan/FinderPatterns.h"
#include "scan/PageCleaner.h"

namespace tram::camera {

namespace {

using base::ProblemKind;
using base::SecretBytes;
using device::PageFrame;
using device::PictureExit;

constexpr int kMostSide = 3600;  // 200 dots an inch of an A4 page that fills two thirds of the picture
constexpr int kCodesSide = 1600;

static_assert(scan::CleaningRules{}.maxBytes == PageFrame::kMaxJpegBytes);
static_assert(static_cast<std::uint32_t>(scan::PageShape::Other) + 1 == PageFrame::kShapes);

/// What tells whether this is a paper that may be captured: the kiosk judges texts, here they are only read.
struct PageCodes {
    SecretBytes joined;
    std::uint32_t marks = 0;
};

void append(std::vector<unsigned char>& joined, const std::string& text) {
    if (text.empty() || joined.size() + 2 + text.size() > PageFrame::kMaxCodeBytes) return;
    joined.push_back(static_cast<unsigned char>(text.size()));
    joined.push_back(static_cast<unsigned char>(text.size() >> 8));
    joined.insert(joined.end(), text.begin(), text.end());
}

PageCodes codesIn(const cv::Mat& bgr) {
    cv::Mat grey = scan::greyOf(bgr);
    const double scale = static_cast<double>(kCodesSide) / std::max(grey.cols, grey.rows);
    if (scale < 1) cv::resize(grey, grey, {}, scale, scale, cv::INTER_AREA);
    PageCodes seen;
    seen.marks =
        static_cast<std::uint32_t>(std::min<std::size_t>(255, scan::findFinderPatterns(grey).size()));
    scan::CodeReader reader;
    std::vector<unsigned char> joined;
    joined.reserve(PageFrame::kMaxCodeBytes);  // grown, it would leave copies
    for (int i = 0; i < scan::CodeReader::roundOfStages(); ++i)
        for (const auto& code : reader.look(grey).codes) append(joined, code.text.reveal());
    seen.joined = SecretBytes(std::move(joined));
    return seen;
}

bool answer(const scan::CleanPage& page, const PageCodes& codes) {
    PageFrame frame;
    frame.width = static_cast<std::uint32_t>(page.width);
    frame.height = static_cast<std::uint32_t>(page.height);
    frame.dpi = static_cast<std::uint32_t>(page.dpi);
    frame.jpegBytes = static_cast<std::uint32_t>(page.jpeg.reveal().size());
    frame.thumbnailBytes = static_cast<std::uint32_t>(page.thumbnail.reveal().size());
    frame.codeBytes = static_cast<std::uint32_t>(codes.joined.reveal().size());
    frame.shape = static_cast<std::uint32_t>(page.shape);
    frame.turned = static_cast<std::uint32_t>(page.turned);
    frame.uprightSure = page.uprightSure;
    frame.squareMarks = codes.marks;
    const auto head = frame.toBytes();
    return writeAll(head.data(), head.size()) && writeAll(page.jpeg) && writeAll(page.thumbnail) &&
           writeAll(codes.joined);
}

PictureExit exitFor(ProblemKind kind) {
    switch (kind) {
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

PictureExit cleaned() {
    SecretBytes original;
    if (!confine(Work::OnePicture) || !readAll(STDIN_FILENO, scan::kMaxPictureBytes, original))
        return PictureExit::Failed;
    const auto picture = scan::decodePicture(original, kMostSide);
    if (!picture) return exitFor(picture.error().kind);
    const auto sight = scan::findPage(*picture);
    if (std::holds_alternative<scan::TwoPages>(sight)) return PictureExit::SeveralPages;
    const auto* found = std::get_if<scan::FoundPage>(&sight);
    if (!found) return PictureExit::NoPage;
    const auto page = scan::cleanPage(*picture, *found);
    if (!page) return PictureExit::Failed;
    return answer(*page, codesIn(*picture)) ? PictureExit::Done : PictureExit::Failed;
}

}  // namespace

int page() {
    return static_cast<int>(cleaned());
}

}  // namespace tram::camera
