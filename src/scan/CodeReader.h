#pragma once
#include "scan/Agreement.h"
#include "scan/Hints.h"

namespace tram::scan {

/// Reads codes out of a stream of frames: one fast pass of each frame, and one costlier stage of it, another
/// one each time. A picture that stands still is a stream of one frame again and again: kRound of them and
/// every stage has been tried.
class CodeReader {
  public:
    struct Sight {
        Readings codes;                     ///< that count from now on (scan/Agreement.h)
        std::vector<std::uint32_t> inView;  ///< the numbers of all that do
        Hint hint = Hint::None;
    };
    /// `grey`: CV_8UC1, upright or not.
    Sight look(const cv::Mat& grey);
    static int roundOfStages();

  private:
    Agreement agreement_;
    Hints hints_;
    std::size_t next_ = 0;
};

}  // namespace tram::scan
