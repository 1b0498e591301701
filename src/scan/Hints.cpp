#include "scan/Hints.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "scan/FinderPatterns.h"

namespace tram::scan {

namespace {

constexpr double kDark = 45;          ///< mean of the middle, of 255: a lit office is above 80
constexpr double kBurnt = 0.18;       ///< share of the middle without any detail left
constexpr float kSmallModule = 2.2f;  ///< pixels; below, readers guess (Nyquist: two)
constexpr double kSharp = 60;         ///< variance of the Laplacian where there is something with edges

cv::Mat middleOf(const cv::Mat& grey) {
    return grey(cv::Rect(grey.cols / 5, grey.rows / 5, grey.cols * 3 / 5, grey.rows * 3 / 5));
}

double burntShare(const cv::Mat& middle) {
    cv::Mat burnt;
    cv::threshold(middle, burnt, 250, 1, cv::THRESH_BINARY);
    return cv::sum(burnt)[0] / static_cast<double>(middle.total());
}

/// Blurred by movement: much contrast in the large, none in the small.
bool isSmeared(const cv::Mat& middle) {
    cv::Scalar mean, deviation, fineMean, fine;
    cv::meanStdDev(middle, mean, deviation);
    if (deviation[0] < 40) return false;
    cv::Mat edges;
    cv::Laplacian(middle, edges, CV_16S);
    cv::meanStdDev(edges, fineMean, fine);
    return fine[0] * fine[0] < kSharp;
}

/// Three marks and no reading: too small, or too large to be in the picture whole.
Hint distanceHint(const cv::Mat& grey) {
    const auto patterns = findFinderPatterns(grey);
    if (patterns.empty()) return Hint::None;
    std::vector<float> modules;
    for (const auto& pattern : patterns) modules.push_back(pattern.module);
    std::ranges::nth_element(modules, modules.begin() + static_cast<long>(modules.size() / 2));
    const float module = modules[modules.size() / 2];
    if (patterns.size() >= 2 && module < kSmallModule) return Hint::Closer;
    // The smallest code has 21 modules; marks that large leave no room for the third.
    if (module * 21 > 0.9f * static_cast<float>(std::min(grey.rows, grey.cols))) return Hint::Farther;
    return Hint::None;
}

}  // namespace

Hint Hints::of(const cv::Mat& grey) {
    cv::Mat small;
    const double scale = std::min(1.0, 640.0 / std::max(grey.cols, grey.rows));
    cv::resize(middleOf(grey), small, {}, scale, scale, cv::INTER_AREA);
    if (cv::mean(small)[0] < kDark) return Hint::MoreLight;
    if (const Hint distance = distanceHint(grey); distance != Hint::None) return distance;
    if (burntShare(small) > kBurnt) return Hint::LessLight;
    return isSmeared(small) ? Hint::HoldStill : Hint::None;
}

Hint Hints::add(const cv::Mat& grey, const Readings& readings) {
    const Hint now = readings.empty() ? of(grey) : Hint::None;
    frames_ = now == coming_ ? frames_ + 1 : 1;
    coming_ = now;
    if (frames_ >= kSteady || (!readings.empty())) present_ = coming_;
    return present_;
}

}  // namespace tram::scan
