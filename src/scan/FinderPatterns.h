#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace tram::scan {

/// A place that looks like the corner mark of a QR code: dark and light runs of 1:1:3:1:1 across and down
/// (ISO/IEC 18004, 6.3.3.1). `module`: its width in pixels.
struct FinderPattern {
    cv::Point2f centre;
    float module = 0;
};

/// Cheap enough for every frame, and only good for advice: it finds codes that are too small or too blurred
/// to be read, and now and then something else.
std::vector<FinderPattern> findFinderPatterns(const cv::Mat& grey);

}  // namespace tram::scan
