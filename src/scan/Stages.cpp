#include "scan/Stages.h"

#include <opencv2/imgproc.hpp>

namespace tram::scan {

namespace {

constexpr auto kLocal = Binarizer::LocalAverage;
constexpr auto kGlobal = Binarizer::GlobalHistogram;

/// Corners found in a picture that is `scale` times the frame, cut out at `offset` of it.
Readings broughtBack(Readings readings, double scale, cv::Point2f offset = {}) {
    for (auto& reading : readings)
        for (auto& corner : reading.corners) corner = corner * (1 / scale) + offset;
    return readings;
}

cv::Mat scaled(const cv::Mat& grey, double scale) {
    cv::Mat result;
    cv::resize(grey, result, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return result;
}

/// Twice the size, of as much of the middle as stays bearable: people hold what they show into the middle.
constexpr int kMostOfMiddle = 900;
cv::Rect middle(const cv::Mat& grey) {
    const int width = std::min(grey.cols, kMostOfMiddle), height = std::min(grey.rows, kMostOfMiddle);
    return {(grey.cols - width) / 2, (grey.rows - height) / 2, width, height};
}
Readings inDouble(const cv::Mat& grey, Readings (*read)(const cv::Mat&)) {
    const cv::Rect part = middle(grey);
    return broughtBack(read(scaled(grey(part), 2)), 2, cv::Point2f(part.tl()));
}

cv::Mat sharpened(const cv::Mat& grey) {
    cv::Mat soft, result;
    cv::GaussianBlur(grey, soft, {}, 3);
    cv::addWeighted(grey, 2.5, soft, -1.5, 0, result);
    return result;
}

cv::Mat softened(const cv::Mat& grey, double sigma) {
    cv::Mat result;
    cv::GaussianBlur(grey, result, {}, sigma);
    return result;
}

cv::Mat evened(const cv::Mat& grey) {
    cv::Mat result;
    cv::createCLAHE(4, {8, 8})->apply(grey, result);
    return result;
}

/// A light that changes over the page: each pixel beside its wide surroundings.
cv::Mat adapted(const cv::Mat& grey) {
    cv::Mat result;
    cv::adaptiveThreshold(softened(grey, 1), result, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY, 51,
                          4);
    return result;
}

cv::Mat inverted(const cv::Mat& grey) {
    cv::Mat result;
    cv::bitwise_not(grey, result);
    return result;
}

Readings hard(const cv::Mat& grey) {
    return readWithZxing(grey, Effort::Hard, kLocal);
}
Readings global(const cv::Mat& grey) {
    return readWithZxing(grey, Effort::Hard, kGlobal);
}

// What each reads of the table that the fast pass does not, and its cost: `bench_scan stages`. Each trouble
// has two stages that see through it, because one alone would never make a code count on a picture that
// stands still.
constexpr Stage kStages[] = {
    {"hard", hard},
    {"zbar", readWithZbar},
    {"sharp", [](const cv::Mat& grey) { return hard(sharpened(grey)); }},
    {"inverted", [](const cv::Mat& grey) { return hard(inverted(grey)); }},
    {"clahe", [](const cv::Mat& grey) { return hard(evened(grey)); }},
    {"double", [](const cv::Mat& grey) { return inDouble(grey, hard); }},
    {"global", global},
    {"half", [](const cv::Mat& grey) { return broughtBack(hard(scaled(grey, 0.5)), 0.5); }},
    {"inverted-global", [](const cv::Mat& grey) { return global(inverted(grey)); }},
    {"adaptive", [](const cv::Mat& grey) { return global(adapted(grey)); }},
    {"double-zbar", [](const cv::Mat& grey) { return inDouble(grey, readCoarselyWithZbar); }},
    {"soft", [](const cv::Mat& grey) { return hard(softened(grey, 1.5)); }},
    {"double-global", [](const cv::Mat& grey) { return inDouble(grey, global); }},
    {"half-global", [](const cv::Mat& grey) { return broughtBack(global(scaled(grey, 0.5)), 0.5); }},
};

}  // namespace

std::span<const Stage> stages() {
    return kStages;
}

}  // namespace tram::scan
