#pragma once
#include <span>
#include <string_view>

#include "scan/Reading.h"

namespace tram::scan {

/// One of the costlier ways of looking at a frame. Corners come back in the frame's own pixels.
struct Stage {
    std::string_view name;
    Readings (*look)(const cv::Mat& grey);
};

/// In the order in which frames get them: what reads most for its cost comes first (tests/bench/scan).
std::span<const Stage> stages();

}  // namespace tram::scan
