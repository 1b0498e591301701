#pragma once
#include "base/Result.h"
#include "base/Secret.h"
#include "scan/PageFinder.h"

namespace tram::scan {

enum class PageShape {
    Sheet,  ///< 1 : √2, of ISO 216; taken for A4
    Card,   ///< ID-1 of ISO/IEC 7810: 85.60 × 53.98 mm
    Other   ///< as it is; its long side is taken for A4's
};

/// A page as a copier would give it: straight, upright, evenly lit, in colour.
struct CleanPage {
    base::SecretBytes jpeg;       ///< JFIF with its resolution in it, no other metadata; ≤ maxBytes
    base::SecretBytes thumbnail;  ///< JPEG, ≤ 360 px long side
    int width = 0, height = 0;
    int dpi = 0;  ///< what the picture gave, at most what was asked for
    PageShape shape = PageShape::Other;
    int turned = 0;            ///< degrees clockwise, against how it lay in the picture
    bool uprightSure = false;  ///< false: it stands as the camera saw it (scan/TextDirection.h)
};

struct CleaningRules {
    int dpi = 200;
    std::size_t maxBytes = 1'200'000;
};

/// `bgr`: CV_8UC3. A sheet's own light is divided out, so that shadows go and paper turns white, while what
/// is red or blue stays so; a card, whose ground is printed, is only evened. Internal when OpenCV fails.
base::Result<CleanPage> cleanPage(const cv::Mat& bgr, const FoundPage& page, const CleaningRules& rules = {});

/// Width : height of what is seen in perspective, taken by a camera of usual focal length.
double proportionOf(const PageCorners& corners, cv::Size picture);

}  // namespace tram::scan
