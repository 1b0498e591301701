// A picture's own header, before any decoder sees it, and what comes back from the process that decodes.
#include <cstring>

#include "Input.h"
#include "device/PageFrame.h"
#include "device/PictureFrame.h"
#include "paper/JpegHead.h"
#include "scan/PictureHeader.h"

using namespace tram;

namespace {

void header(std::string_view bytes) {
    const auto read =
        scan::PictureHeader::read({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    if (!read) {
        must(read.error().kind == base::ProblemKind::PictureUnreadable ||
                 read.error().kind == base::ProblemKind::PictureTooLarge,
             "a refusal has one of two reasons");
        return;
    }
    must(read->width >= 1 && read->height >= 1, "a picture has a size");
    must(static_cast<long long>(read->width) * read->height <= scan::kMaxPixels, "and a bearable one");
    must(read->orientation >= 1 && read->orientation <= 8, "and stands one of eight ways");
}

void frame(std::string_view bytes) {
    device::PictureFrame::Bytes raw{};
    std::memcpy(raw.data(), bytes.data(), std::min(bytes.size(), raw.size()));
    device::PictureFrame frame;
    if (!frame.fromBytes(raw)) return;
    must(frame.jpegBytes <= device::PictureFrame::kMaxJpegBytes &&
             frame.thumbnailBytes <= device::PictureFrame::kMaxThumbnailBytes,
         "nobody is made to wait for more than a picture");
    must(frame.width <= device::PictureFrame::kMaxSide && frame.height <= device::PictureFrame::kMaxSide,
         "nor to paint it");
    must(frame.toBytes() == raw, "a frame says what it was read from");
}

void page(std::string_view bytes) {
    device::PageFrame::Bytes raw{};
    std::memcpy(raw.data(), bytes.data(), std::min(bytes.size(), raw.size()));
    device::PageFrame frame;
    if (!frame.fromBytes(raw)) return;
    must(frame.jpegBytes <= device::PageFrame::kMaxJpegBytes &&
             frame.codeBytes <= device::PageFrame::kMaxCodeBytes,
         "nor for more than a page");
    must(frame.toBytes() == raw, "a page's frame says what it was read from");
}

/// What becomes part of a PDF is looked at only as far as its head.
void bound(std::string_view bytes) {
    const auto head =
        paper::readJpegHead({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    if (head)
        must(head->width >= 1 && head->width <= 8192 && head->height >= 1 && head->height <= 8192,
             "a page has a size");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(4)) {
        case 0:
            header(input.rest());
            break;
        case 1:
            frame(input.rest());
            break;
        case 2:
            page(input.rest());
            break;
        default:
            bound(input.rest());
    }
    return 0;
}
