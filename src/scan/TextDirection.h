#pragma once
#include <opencv2/core.hpp>

namespace tram::scan {

/// How a straightened page has to be turned for its text to stand upright.
struct TextDirection {
    int turn = 0;       ///< degrees clockwise: 0, 90, 180, 270
    bool sure = false;  ///< else turn is 0: not enough text, or text that looks alike both ways
};

/// By statistics of printed lines alone, nothing is read: along lines the ink of rows comes and goes; and
/// letters rise above their middle band more often than they hang below it, with Vietnamese marks even more
/// so. `grey`: CV_8UC1.
TextDirection textDirection(const cv::Mat& grey);

}  // namespace tram::scan
