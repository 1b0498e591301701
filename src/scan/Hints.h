#pragma once
#include "scan/Reading.h"

namespace tram::scan {

/// What would help the person who holds something up; at most one, the most useful first.
enum class Hint { None, MoreLight, LessLight, Closer, Farther, HoldStill };

/// Watches the frames for what keeps codes from being read. A hint is given when kSteady frames in a row ask
/// for it, and taken back as slowly, so that none flickers.
class Hints {
  public:
    static constexpr int kSteady = 6;

    /// The hint in force after this frame. `readings`: what was read of it; who is read needs no advice.
    Hint add(const cv::Mat& grey, const Readings& readings);
    /// What this frame alone asks for.
    static Hint of(const cv::Mat& grey);

  private:
    Hint present_ = Hint::None, coming_ = Hint::None;
    int frames_ = 0;
};

}  // namespace tram::scan
