#include "scan/FinderPatterns.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace tram::scan {

namespace {

using Runs = std::array<int, 5>;

bool looksRight(const Runs& runs, float& module) {
    int sum = 0;
    for (const int run : runs) {
        if (run == 0) return false;
        sum += run;
    }
    module = static_cast<float>(sum) / 7;
    const auto near = [&](int run, float modules) {
        return std::abs(static_cast<float>(run) - modules * module) <= 0.6f * modules * module;
    };
    return sum >= 7 && near(runs[0], 1) && near(runs[1], 1) && near(runs[2], 3) && near(runs[3], 1) &&
           near(runs[4], 1);
}

/// The five runs up and down from a dark place; the middle of the middle one.
std::optional<float> checkedDown(const cv::Mat& dark, int x, int y, float module) {
    Runs runs{};
    const int most = static_cast<int>(5 * module) + 2;
    int up = y, down = y + 1;
    for (int run = 2; run >= 0; --run)
        for (const bool wanted = run % 2 == 0;
             up >= 0 && runs[static_cast<std::size_t>(run)] < most && (dark.at<uchar>(up, x) != 0) == wanted;
             --up)
            ++runs[static_cast<std::size_t>(run)];
    const int firstOfMiddle = y - runs[2] + 1;
    for (int run = 2; run <= 4; ++run)
        for (const bool wanted = run % 2 == 0;
             down < dark.rows && runs[static_cast<std::size_t>(run)] < 2 * most &&
             (dark.at<uchar>(down, x) != 0) == wanted;
             ++down)
            ++runs[static_cast<std::size_t>(run)];
    float moduleDown = 0;
    if (!looksRight(runs, moduleDown) || moduleDown > 2 * module || module > 2 * moduleDown)
        return std::nullopt;
    return static_cast<float>(firstOfMiddle) + static_cast<float>(runs[2]) / 2;
}

void note(std::vector<FinderPattern>& found, FinderPattern pattern) {
    for (const auto& known : found)
        if (cv::norm(known.centre - pattern.centre) < 4 * known.module) return;
    found.push_back(pattern);
}

void searchRow(const cv::Mat& dark, int y, std::vector<FinderPattern>& found) {
    const auto* row = dark.ptr(y);
    Runs runs{};
    bool isDark = false;
    for (int x = 0; x <= dark.cols; ++x) {
        const bool now = x < dark.cols && row[x] != 0;
        if (x < dark.cols && now == isDark) {
            ++runs[4];
            continue;
        }
        float module = 0;
        if (isDark && looksRight(runs, module)) {
            const int middle = x - runs[4] - runs[3] - runs[2] / 2 - 1;
            if (const auto centre = checkedDown(dark, middle, y, module))
                note(found, {{static_cast<float>(middle), *centre}, module});
        }
        runs = {runs[1], runs[2], runs[3], runs[4], 1};
        isDark = now;
    }
}

}  // namespace

std::vector<FinderPattern> findFinderPatterns(const cv::Mat& grey) {
    cv::Mat dark;
    cv::adaptiveThreshold(grey, dark, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, 61, 12);
    std::vector<FinderPattern> found;
    for (int y = 0; y < dark.rows; y += 2) searchRow(dark, y, found);
    return found;
}

}  // namespace tram::scan
