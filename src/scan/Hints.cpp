#include "scan/Hints.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "scan/FinderPatterns.h"

namespace tram::scan {

namespace {

constexpr double kDark = 45;          ///< mean of the middle, of 255: a lit office is above 80
constexpr double kBurnt = 0.3;        ///< share of the middle without any detail left
constexpr float kSmallModule = 2.2f;  ///< pixels; below, readers guess (Nyquist: two)
constexpr float kUsualCode = 25 + 8;  ///< modules of a short link's code, with its quiet zone

cv::Mat middleOf(const cv::Mat& grey) {
    return grey(cv::Rect(grey.cols / 5, grey.rows / 5, grey.cols * 3 / 5, grey.rows * 3 / 5));
}

double burntShare(const cv::Mat& middle) {
    cv::Mat burnt;
    cv::threshold(middle, burnt, 250, 1, cv::THRESH_BINARY);
    return cv::sum(burnt)[0] / static_cast<double>(middle.total());
}

struct Marks {
    std::size_t count = 0;
    float module = 0;  ///< pixels of the frame, the median
};

/// A quarter of the size for what stands too near: its dark runs are wider than a neighbourhood.
Marks marksIn(const cv::Mat& grey) {
    auto patterns = findFinderPatterns(grey);
    float scale = 1;
    if (patterns.empty()) {
        cv::Mat quarter;
        cv::resize(grey, quarter, {}, 0.25, 0.25, cv::INTER_AREA);
        patterns = findFinderPatterns(quarter);
        scale = 4;
    }
    if (patterns.empty()) return {};
    const auto middle = patterns.begin() + static_cast<long>(patterns.size() / 2);
    std::ranges::nth_element(patterns, middle, {}, &FinderPattern::module);
    return {patterns.size(), scale * middle->module};
}

}  // namespace

Hint Hints::of(const cv::Mat& grey) {
    const auto middle = middleOf(grey);
    cv::Mat small;
    const double scale = std::min(1.0, 640.0 / std::max(grey.cols, grey.rows));
    const auto scaled = [scale](int side) {
        return std::max(1, cvRound(side * scale));
    };  // a strip's line stays
    cv::resize(middle, small, {scaled(middle.cols), scaled(middle.rows)}, 0, 0, cv::INTER_AREA);
    if (cv::mean(small)[0] < kDark) return Hint::MoreLight;
    const Marks marks = marksIn(grey);
    if (marks.count >= 2 && marks.module < kSmallModule) return Hint::Closer;
    if (marks.module * kUsualCode > 0.9f * static_cast<float>(std::min(grey.rows, grey.cols)))
        return Hint::Farther;
    if (burntShare(small) > kBurnt) return Hint::LessLight;
    // Large enough, lit, and still not read: it moves, or is out of focus.
    return marks.count >= 2 ? Hint::HoldStill : Hint::None;
}

Hint Hints::add(const cv::Mat& grey, const Readings& readings) {
    const Hint now = readings.empty() ? of(grey) : Hint::None;
    frames_ = now == coming_ ? frames_ + 1 : 1;
    coming_ = now;
    if (frames_ >= kSteady || (!readings.empty())) present_ = coming_;
    return present_;
}

}  // namespace tram::scan
