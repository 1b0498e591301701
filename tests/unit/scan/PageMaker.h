#pragma once
#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "scan/PageFinder.h"

namespace tram::test {

/// A picture of a page as a camera would have taken it, and the truth about it. Nobody's papers: all are
/// drawn from a seed.
struct PageShot {
    enum class Holds { Page, Nothing, TwoPages };
    Holds holds = Holds::Page;
    cv::Mat bgr;
    scan::PageCorners corners{};  ///< where the page's own top left, top right … came to lie
    cv::Mat flat;                 ///< the page as it was drawn, upright
    bool upright = true;          ///< false: nothing on it says where up is, and nothing may be claimed
};

/// One kind of trouble. found: each corner within 1 % of the picture (or nothing, or two pages, named as
/// such); straight: the cleaned page looks like the drawn one, the right way up. Floors only rise.
struct PageGroup {
    std::string name;
    int pictures;
    int foundFloor, straightFloor;  ///< of them
    std::function<PageShot(int)> shot;
};

const std::vector<PageGroup>& pageGroups();

struct PageScore {
    bool found = false, straight = false;
};
/// Finds and cleans, as tram-camera does.
PageScore scoreOf(const PageShot& shot);

/// A page of print with a red stamp and a blue signature, 620×877.
cv::Mat drawnPage(int seed);

}  // namespace tram::test
