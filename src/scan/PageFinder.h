#pragma once
#include <array>
#include <opencv2/core.hpp>
#include <variant>

namespace tram::scan {

/// Four corners in the picture's pixels, clockwise, from the one that is the page's top left when the picture
/// is looked at as it stands.
using PageCorners = std::array<cv::Point2f, 4>;

struct FoundPage {
    PageCorners corners;
    double sure = 0;     ///< 0…1: how much of the outline was seen, and how plainly
    bool whole = false;  ///< no outline, but print on paper up to the edges: a scanner's picture
};
struct NoPage {};
struct TwoPages {};  ///< or cards: which one is meant is for a person to say

using PageSight = std::variant<NoPage, TwoPages, FoundPage>;

/// The sheet or card in a picture (CV_8UC3, BGR), lying at any angle and seen from a slant. Its outline is
/// looked for, not its colour: four straight sides, each along most of its length with something else on its
/// other side. So a shadow, a crease or a torn corner do not hide it.
PageSight findPage(const cv::Mat& bgr);

}  // namespace tram::scan
