#include "scan/TextDirection.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tram::scan {

namespace {

constexpr int kTextSide = 1200;
constexpr double kMostEnlarged = 2.2;
constexpr double kLinesPlain = 1.7;  // times the energy of the other direction
constexpr double kRisePlain = 3.2;   // standard errors
constexpr double kDense = 0.4;       // of the densest rows: between what rises and what is in every letter
constexpr int kHollow = 6;           // rows: the middle of letters is thinner than their heads and feet
constexpr int kStrips = 3;

/// Letters, 255; without rules, frames, stamps and pictures.
cv::Mat lettersIn(const cv::Mat& grey) {
    cv::Mat ink, mask;
    cv::morphologyEx(grey, ink, cv::MORPH_BLACKHAT, cv::getStructuringElement(cv::MORPH_RECT, {15, 15}));
    const double otsu = cv::threshold(ink, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    cv::threshold(ink, mask, std::max(18.0, otsu), 255, cv::THRESH_BINARY);
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
    const int most = std::max(grey.cols, grey.rows) / 12;
    std::vector<uchar> keep(static_cast<std::size_t>(count), 0);
    for (int i = 1; i < count; ++i)
        keep[static_cast<std::size_t>(i)] =
            std::max(stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)) <= most &&
                    stats.at<int>(i, cv::CC_STAT_AREA) >= 3
                ? 255
                : 0;
    for (int y = 0; y < mask.rows; ++y) {
        const auto* label = labels.ptr<int>(y);
        auto* to = mask.ptr(y);
        for (int x = 0; x < mask.cols; ++x) to[x] = keep[static_cast<std::size_t>(label[x])];
    }
    return mask;
}

std::vector<double> inkOfRows(const cv::Mat& letters) {
    cv::Mat rows;
    cv::reduce(letters, rows, 1, cv::REDUCE_AVG, CV_64F);
    return {rows.begin<double>(), rows.end<double>()};
}

/// How much the ink changes from row to row.
double energy(const cv::Mat& letters) {
    const auto rows = inkOfRows(letters);
    double sum = 0;
    for (std::size_t y = 1; y < rows.size(); ++y) sum += (rows[y] - rows[y - 1]) * (rows[y] - rows[y - 1]);
    return sum / static_cast<double>(rows.size());
}

/// The middle band of a line of print, where small letters are: [from, to).
struct Band {
    int from = 0, to = 0;
};

std::vector<Band> bandsIn(const std::vector<double>& rows) {
    auto sorted = rows;
    const auto high = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 19 / 20);
    std::nth_element(sorted.begin(), high, sorted.end());
    const double dense = kDense * *high;
    std::vector<Band> bands;
    for (int y = 0; y < static_cast<int>(rows.size()); ++y) {
        if (rows[static_cast<std::size_t>(y)] < dense || dense <= 0) continue;
        if (!bands.empty() && y - bands.back().to <= kHollow)
            bands.back().to = y + 1;
        else
            bands.push_back({y, y + 1});
    }
    return bands;
}

double inkBetween(const std::vector<double>& rows, int from, int to) {
    double sum = 0;
    for (int y = std::max(0, from); y < std::min(to, static_cast<int>(rows.size())); ++y)
        sum += rows[static_cast<std::size_t>(y)];
    return sum;
}

/// −1…1 of each line: how much more rises above its band than hangs below it.
void addRises(const cv::Mat& strip, std::vector<double>& rises) {
    const auto rows = inkOfRows(strip);
    const auto bands = bandsIn(rows);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const int height = bands[i].to - bands[i].from;
        if (height < 5 || height > kTextSide / 16) continue;
        const int reach = std::max(2, height);
        const int top = i > 0 ? (bands[i - 1].to + bands[i].from) / 2 : 0;
        const int foot = i + 1 < bands.size() ? (bands[i].to + bands[i + 1].from) / 2 : strip.rows;
        const int free = std::min({reach, bands[i].from - top, foot - bands[i].to});
        if (free < 2) continue;
        const double above = inkBetween(rows, bands[i].from - free, bands[i].from);
        const double below = inkBetween(rows, bands[i].to, bands[i].to + free);
        if (above + below > 0) rises.push_back((above - below) / (above + below));
    }
}

/// Positive: letters rise more than they hang. In standard errors over the lines.
double rising(const cv::Mat& letters) {
    std::vector<double> rises;
    for (int strip = 0; strip < kStrips; ++strip)
        addRises(letters.colRange(letters.cols * strip / kStrips, letters.cols * (strip + 1) / kStrips),
                 rises);
    if (rises.size() < 8) return 0;
    double mean = 0, square = 0;
    const auto n = static_cast<double>(rises.size());
    for (const double rise : rises) mean += rise / n;
    for (const double rise : rises) square += (rise - mean) * (rise - mean);
    return mean / std::max(1e-3, std::sqrt(square / (n - 1) / n));
}

}  // namespace

TextDirection textDirection(const cv::Mat& grey) {
    const double scale =
        std::min(kMostEnlarged, static_cast<double>(kTextSide) / std::max(grey.cols, grey.rows));
    cv::Mat small;
    cv::resize(grey, small, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    const cv::Mat letters = lettersIn(small);
    if (cv::countNonZero(letters) < 0.002 * static_cast<double>(letters.total())) return {};
    cv::Mat turned;
    cv::rotate(letters, turned, cv::ROTATE_90_CLOCKWISE);
    const double lying = energy(letters), standing = energy(turned);
    const bool across = lying > standing;
    if (std::max(lying, standing) < kLinesPlain * std::min(lying, standing)) return {};
    const double rise = rising(across ? letters : turned);
    if (std::abs(rise) < kRisePlain) return {};
    return {(across ? 0 : 90) + (rise > 0 ? 0 : 180), true};
}

}  // namespace tram::scan
