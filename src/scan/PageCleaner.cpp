#include "scan/PageCleaner.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/Decoding.h"
#include "scan/TextDirection.h"

namespace tram::scan {

namespace {

constexpr double kSheetMm = 297, kCardMm = 85.6, kMmPerInch = 25.4;
constexpr double kSheetRatio = 1.41421356, kCardRatio = 85.6 / 53.98;
constexpr double kFocalLength = 0.9;  // of the long side: some 60° wide, as webcams and phones are
constexpr int kPageThumbnailSide = 360;
constexpr double kInset = 0.004;  // of a side: the table's last line of pixels

struct PagePlan {
    PageShape shape = PageShape::Other;
    cv::Size size;
    int dpi = 0;
};

double lengthOf(cv::Point2f by) {
    return std::hypot(by.x, by.y);
}

PageShape shapeOf(double longer) {
    if (longer > 1.32 && longer < 1.5) return PageShape::Sheet;
    return longer >= 1.5 && longer < 1.68 ? PageShape::Card : PageShape::Other;
}

/// No more pixels than the picture has, nor than were asked for.
PagePlan planFor(const FoundPage& page, cv::Size picture, const CleaningRules& rules) {
    const auto& c = page.corners;
    const double proportion = proportionOf(c, picture);
    const bool lying = proportion > 1;
    PagePlan plan;
    plan.shape = shapeOf(lying ? proportion : 1 / proportion);
    const double ratio = plan.shape == PageShape::Sheet  ? kSheetRatio
                         : plan.shape == PageShape::Card ? kCardRatio
                                                         : (lying ? proportion : 1 / proportion);
    const double seen = lying ? std::max(lengthOf(c[1] - c[0]), lengthOf(c[2] - c[3]))
                              : std::max(lengthOf(c[3] - c[0]), lengthOf(c[2] - c[1]));
    const bool card = plan.shape == PageShape::Card;
    const double inches = (card ? kCardMm : kSheetMm) / kMmPerInch;
    const double wanted = inches * rules.dpi * (card ? 1.5 : 1);  // its print is smaller
    const int longer = std::max(16, cvRound(std::min(seen, wanted)));
    const int shorter = std::max(8, cvRound(longer / ratio));
    plan.size = lying ? cv::Size(longer, shorter) : cv::Size(shorter, longer);
    plan.dpi = std::clamp(cvRound(longer / inches), 1, 1200);
    return plan;
}

cv::Mat straightened(const cv::Mat& bgr, const FoundPage& page, cv::Size size) {
    const auto& c = page.corners;
    const double side = std::max(lengthOf(c[1] - c[0]), lengthOf(c[3] - c[0]));
    // Much smaller than it was seen: by way of twice the size, so that thin strokes are averaged, not lost.
    const bool twice = side > 1.5 * std::max(size.width, size.height);
    const cv::Size first = twice ? size * 2 : size;
    const double inset = page.whole ? 0 : kInset;
    const auto dx = static_cast<float>(inset * first.width), dy = static_cast<float>(inset * first.height);
    const auto w = static_cast<float>(first.width), h = static_cast<float>(first.height);
    const PageCorners to{cv::Point2f{-dx, -dy}, {w + dx, -dy}, {w + dx, h + dy}, {-dx, h + dy}};
    cv::Mat flat, small;
    cv::warpPerspective(bgr, flat, cv::getPerspectiveTransform(c.data(), to.data()), first, cv::INTER_LINEAR,
                        cv::BORDER_REPLICATE);
    if (!twice) return flat;
    cv::resize(flat, small, size, 0, 0, cv::INTER_AREA);
    return small;
}

cv::Mat turnedBy(const cv::Mat& page, int degrees) {
    if (degrees == 0) return page;
    cv::Mat turned;
    cv::rotate(page, turned,
               degrees == 90    ? cv::ROTATE_90_CLOCKWISE
               : degrees == 180 ? cv::ROTATE_180
                                : cv::ROTATE_90_COUNTERCLOCKWISE);
    return turned;
}

/// The paper under the ink and the light on it.
cv::Mat groundOf(const cv::Mat& page, int wide) {
    const double scale = std::min(1.0, 256.0 / std::max(page.cols, page.rows));
    cv::Mat ground;
    cv::resize(page, ground, {}, scale, scale, cv::INTER_AREA);
    cv::dilate(ground, ground, cv::getStructuringElement(cv::MORPH_ELLIPSE, {7, 7}));
    cv::medianBlur(ground, ground, wide);
    cv::GaussianBlur(ground, ground, {9, 9}, 0);
    cv::resize(ground, ground, page.size(), 0, 0, cv::INTER_LINEAR);
    return ground;
}

cv::Mat sheetEvened(const cv::Mat& page) {
    cv::Mat even;
    cv::divide(page, cv::max(groundOf(page, 15), cv::Scalar(40, 40, 40)), even, 255);
    // The same for all three colours: grey paper turns white, black blacker, and a hue keeps its name.
    constexpr int kBlack = 20, kWhite = 235;
    cv::Mat curve(1, 256, CV_8U);
    for (int i = 0; i < 256; ++i)
        curve.ptr()[i] = cv::saturate_cast<uchar>((i - kBlack) * 255.0 / (kWhite - kBlack));
    cv::LUT(even, curve, even);
    return even;
}

cv::Mat cardEvened(const cv::Mat& page) {
    cv::Mat light, gain, even;
    cv::cvtColor(page, light, cv::COLOR_BGR2GRAY);
    const cv::Mat ground = groundOf(light, 31);
    ground.convertTo(gain, CV_32F);
    const double level = std::clamp(cv::mean(ground)[0] * 1.1, 150.0, 235.0);
    gain = cv::max(cv::min(level / cv::max(gain, 1.0), 1.7), 0.75);
    cv::Mat three, wide;
    cv::merge(std::vector<cv::Mat>{gain, gain, gain}, three);
    page.convertTo(wide, CV_32F);
    cv::multiply(wide, three, wide);
    wide.convertTo(even, CV_8U);
    return even;
}

/// JFIF 1.02: units at 13 (1: dots per inch), then the densities across and down.
void writeResolution(std::vector<unsigned char>& jpeg, int dpi) {
    constexpr unsigned char kJfif[] = {'J', 'F', 'I', 'F', 0};
    if (jpeg.size() < 18 || !std::equal(std::begin(kJfif), std::end(kJfif), jpeg.begin() + 6)) return;
    const auto high = static_cast<unsigned char>(dpi >> 8), low = static_cast<unsigned char>(dpi);
    const unsigned char density[] = {1, high, low, high, low};
    std::copy(std::begin(density), std::end(density), jpeg.begin() + 13);
}

base::SecretBytes pageJpeg(const cv::Mat& page, int dpi, int quality) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", page, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    writeResolution(bytes, dpi);
    return base::SecretBytes(std::move(bytes));
}

cv::Mat scaledDown(const cv::Mat& page, double scale) {
    cv::Mat small;
    cv::resize(page, small, {}, scale, scale, cv::INTER_AREA);
    return small;
}

void writeWithin(CleanPage& clean, cv::Mat page, std::size_t most) {
    for (;;) {
        for (const int quality : {82, 70, 55, 40}) {
            clean.jpeg = pageJpeg(page, clean.dpi, quality);
            if (clean.jpeg.reveal().size() <= most || std::max(page.cols, page.rows) < 64) {
                clean.width = page.cols, clean.height = page.rows;
                return;
            }
        }
        page = scaledDown(page, 0.8);
        clean.dpi = std::max(1, clean.dpi * 4 / 5);
    }
}

CleanPage cleaned(const cv::Mat& bgr, const FoundPage& page, const CleaningRules& rules) {
    const auto plan = planFor(page, bgr.size(), rules);
    cv::Mat flat = straightened(bgr, page, plan.size);
    CleanPage clean;
    clean.shape = plan.shape;
    clean.dpi = plan.dpi;
    flat = plan.shape == PageShape::Card ? cardEvened(flat) : sheetEvened(flat);
    const auto direction = textDirection(greyOf(flat));
    clean.turned = direction.turn;
    clean.uprightSure = direction.sure;
    flat = turnedBy(flat, direction.turn);
    writeWithin(clean, flat, rules.maxBytes);
    const double share = static_cast<double>(kPageThumbnailSide) / std::max(flat.cols, flat.rows);
    clean.thumbnail = pageJpeg(share < 1 ? scaledDown(flat, share) : flat, clean.dpi, 80);
    return clean;
}

}  // namespace

/// The sides' directions in space, from where they vanish (Zhang and He, Whiteboard scanning, 2004, §3.2),
/// with the focal length taken for known: of nearly parallel sides it cannot be told.
double proportionOf(const PageCorners& corners, cv::Size picture) {
    const double focal = kFocalLength * std::max(picture.width, picture.height);
    const auto ray = [&](cv::Point2f at) {
        return cv::Vec3d{(at.x - picture.width / 2.0) / focal, (at.y - picture.height / 2.0) / focal, 1};
    };
    const auto a = ray(corners[0]), b = ray(corners[1]), c = ray(corners[2]), d = ray(corners[3]);
    const double toB = a.cross(c).dot(d) / b.cross(c).dot(d), toD = a.cross(c).dot(b) / d.cross(c).dot(b);
    const double across = cv::norm(toB * b - a), down = cv::norm(toD * d - a);
    return std::isfinite(across / down) && across > 0 ? across / down : 1;
}

base::Result<CleanPage> cleanPage(const cv::Mat& bgr, const FoundPage& page, const CleaningRules& rules) {
    try {
        return cleaned(bgr, page, rules);
    } catch (const std::exception&) {
        return base::fail(base::ProblemKind::Internal);
    }
}

}  // namespace tram::scan
