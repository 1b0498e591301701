#pragma once
#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "scan/Reading.h"

namespace tram::test {

/// A picture as a camera would have taken it, and what is in it. No file of the net, no real person: all are
/// drawn from a seed.
struct Shot {
    cv::Mat grey;                    ///< CV_8UC1, 1280×720 unless the group is about that
    std::vector<std::string> texts;  ///< of the codes in it; empty: there is none
};

/// One kind of trouble, and the pictures that have it: shot(0), shot(1) … are the same on every machine.
struct ShotGroup {
    std::string name;
    int pictures;
    int floor;  ///< how many of them must be read; it only rises
    std::function<Shot(int)> shot;
};

/// The table. What is wrong of it: any text that is not in the picture.
const std::vector<ShotGroup>& shotGroups();

/// A made-up card in the middle of an ordinary scene: what a camera sees on a good day.
Shot goodShot(int seed);
/// The same scene with nobody in it.
cv::Mat emptyScene(int seed);

}  // namespace tram::test
