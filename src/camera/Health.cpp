#include "camera/Health.h"

#include <opencv2/imgproc.hpp>

namespace tram::camera {

namespace {

/// FNV-1a over a grid of pixels: of a living sensor some always flicker.
std::uint64_t hashOf(const cv::Mat& grey) {
    std::uint64_t hash = 14695981039346656037u;
    for (int y = 0; y < grey.rows; y += 2)
        for (int x = 0; x < grey.cols; x += 2) hash = (hash ^ grey.ptr(y)[x]) * 1099511628211u;
    return hash;
}

bool isBlack(const cv::Mat& grey) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(grey, mean, deviation);
    return mean[0] < 12 && deviation[0] < 5;
}

}  // namespace

std::optional<sight::Condition> Health::frame(const cv::Mat& grey, Time now) {
    const auto hash = hashOf(grey);
    if (!lastNew_ || hash != last_) lastNew_ = now;
    last_ = hash;
    black_ = isBlack(grey) ? black_ + 1 : 0;
    if (black_ >= kBlackFrames) return changed(sight::Condition::Black);
    if (black_ > 0 && told_) return std::nullopt;  // not for a moment's shadow
    return judgesFrozen_ && now - *lastNew_ >= kFrozen ? changed(sight::Condition::Frozen)
                                                       : changed(sight::Condition::Running);
}

std::optional<sight::Condition> Health::nothing(Time now) {
    if (!lastNew_) lastNew_ = now;
    if (!judgesFrozen_ || now - *lastNew_ < kFrozen) return std::nullopt;
    return changed(sight::Condition::Frozen);
}

std::optional<sight::Condition> Health::changed(sight::Condition now) {
    if (told_ == now) return std::nullopt;
    told_ = now;
    return now;
}

}  // namespace tram::camera
