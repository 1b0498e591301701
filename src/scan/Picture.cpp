#include "scan/Picture.h"

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/Decoding.h"
#include "scan/PictureHeader.h"

namespace tram::scan {

using base::fail;
using base::ProblemKind;

namespace {

constexpr int kMaxSide = 2048, kMaxThumbnailSide = 360, kQuality = 85;

/// libjpeg can leave out what is scaled away anyway: a picture of 48 megapixels decodes in a fraction of the
/// time and memory. What is left is never smaller than wanted.
int jpegFlags(const PictureHeader& header) {
    const int side = std::max(header.width, header.height);
    if (side >= 8 * kMaxSide) return cv::IMREAD_REDUCED_COLOR_8;
    if (side >= 4 * kMaxSide) return cv::IMREAD_REDUCED_COLOR_4;
    if (side >= 2 * kMaxSide) return cv::IMREAD_REDUCED_COLOR_2;
    return cv::IMREAD_COLOR;
}

cv::Mat decode(const base::SecretBytes& original, const PictureHeader& header) {
    const int flags = header.format == PictureHeader::Format::Jpeg ? jpegFlags(header)
                      : header.transparent                         ? cv::IMREAD_UNCHANGED
                                                                   : cv::IMREAD_COLOR;
    // IMREAD_UNCHANGED is −1, all bits, and already leaves the orientation alone.
    return cv::imdecode(original.reveal(), flags | cv::IMREAD_IGNORE_ORIENTATION);
}

cv::Mat shrunk(const cv::Mat& picture, int maxSide) {
    const int side = std::max(picture.cols, picture.rows);
    if (side <= maxSide) return picture;
    const auto scaled = [&](int length) { return std::max(1, cvRound(double(length) * maxSide / side)); };
    cv::Mat small;
    cv::resize(picture, small, {scaled(picture.cols), scaled(picture.rows)}, 0, 0, cv::INTER_AREA);
    return small;
}

/// colour·α + white·(1 − α), in 8 bits.
cv::Mat onWhite(const cv::Mat& bgra) {
    cv::Mat flat(bgra.size(), CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* from = bgra.ptr<cv::Vec4b>(y);
        auto* to = flat.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgra.cols; ++x)
            for (int c = 0; c < 3; ++c)
                to[x][c] =
                    static_cast<uchar>((from[x][c] * from[x][3] + 255 * (255 - from[x][3]) + 127) / 255);
    }
    return flat;
}

cv::Mat toBgr(cv::Mat&& decoded) {
    cv::Mat picture = std::move(decoded);
    if (picture.depth() == CV_16U) picture.convertTo(picture, CV_8U, 1.0 / 257);
    if (picture.channels() == 4) return onWhite(picture);
    if (picture.channels() == 1) cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    return picture;
}

/// EXIF 2.32 §4.6.4 A: where row 0 and column 0 of the stored picture are to be shown.
cv::Mat upright(const cv::Mat& stored, int orientation) {
    enum Turn { None = -1 };
    struct Step {
        int rotate, flip;  // cv::rotate code, then cv::flip code
    };
    constexpr int kNone = 99, kLeftRight = 1, kUpDown = 0;
    static constexpr Step kSteps[] = {{None, kNone},
                                      {None, kLeftRight},
                                      {cv::ROTATE_180, kNone},
                                      {None, kUpDown},
                                      {cv::ROTATE_90_CLOCKWISE, kLeftRight},
                                      {cv::ROTATE_90_CLOCKWISE, kNone},
                                      {cv::ROTATE_90_COUNTERCLOCKWISE, kLeftRight},
                                      {cv::ROTATE_90_COUNTERCLOCKWISE, kNone}};
    const Step& step = kSteps[orientation - 1];
    cv::Mat turned = stored;
    if (step.rotate != None) cv::rotate(stored, turned, step.rotate);
    if (step.flip != kNone) cv::flip(turned, turned, step.flip);
    return turned;
}

base::SecretBytes toJpeg(const cv::Mat& picture) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, kQuality});
    return base::SecretBytes(std::move(bytes));
}

PreparedPicture written(const cv::Mat& picture) {
    return {toJpeg(picture), toJpeg(shrunk(picture, kMaxThumbnailSide)), picture.cols, picture.rows};
}

/// Flat before small: what hides under full transparency must not bleed into its neighbours.
base::Result<cv::Mat> decoded(const base::SecretBytes& original, int maxSide) {
    if (original.empty()) return fail(ProblemKind::PictureEmpty);
    if (original.reveal().size() > kMaxPictureBytes) return fail(ProblemKind::PictureTooLarge);
    const auto header = PictureHeader::read(original.reveal());
    if (!header) return tl::unexpected(header.error());
    cv::Mat stored = decode(original, *header);
    if (stored.empty()) return fail(ProblemKind::PictureUnreadable);
    return upright(shrunk(toBgr(std::move(stored)), maxSide), header->orientation);
}

}  // namespace

base::Result<cv::Mat> decodePicture(const base::SecretBytes& original, int maxSide) {
    try {
        return decoded(original, maxSide);
    } catch (const std::bad_alloc&) {
        return fail(ProblemKind::PictureTooLarge);
    } catch (const cv::Exception& error) {
        const bool memory = error.code == cv::Error::StsNoMem;
        return fail(memory ? ProblemKind::PictureTooLarge : ProblemKind::PictureUnreadable);
    }
}

cv::Mat greyOf(const cv::Mat& bgr) {
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    return grey;
}

base::Result<PreparedPicture> pictureOf(const cv::Mat& upright) {
    try {
        return written(shrunk(upright, kMaxSide));
    } catch (const std::exception&) {
        return fail(ProblemKind::Internal);
    }
}

base::Result<PreparedPicture> preparePicture(const base::SecretBytes& original) {
    return decodePicture(original, kMaxSide).and_then(pictureOf);
}

}  // namespace tram::scan
