#pragma once
#include <chrono>
#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>

#include "sight/Messages.h"

namespace tram::camera {

/// Whether a source that delivers frames also sees something: black is a lid or a dead sensor, frozen a
/// driver that gives the same picture again. Noise of a living sensor is neither.
class Health {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr int kBlackFrames = 15;
    static constexpr std::chrono::milliseconds kFrozen{3000};

    /// `judgesFrozen`: only of a device; a film may well show one picture for long.
    explicit Health(bool judgesFrozen) : judgesFrozen_(judgesFrozen) {}

    /// The condition, when it has changed; the first frame always tells one.
    std::optional<sight::Condition> frame(const cv::Mat& grey, Time now);
    /// No frame came until now.
    std::optional<sight::Condition> nothing(Time now);

  private:
    std::optional<sight::Condition> changed(sight::Condition now);

    const bool judgesFrozen_;
    std::optional<sight::Condition> told_;
    std::optional<Time> lastNew_;
    std::uint64_t last_ = 0;
    int black_ = 0;
};

}  // namespace tram::camera
