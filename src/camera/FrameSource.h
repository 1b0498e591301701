#pragma once
#include <memory>
#include <opencv2/core.hpp>

#include "sight/Messages.h"

namespace tram::camera {

/// Where frames come from. Everything is opened when it is made: afterwards the process can open nothing.
class FrameSource {
  public:
    enum class Got { Frame, Nothing, Gone, End };
    virtual ~FrameSource() = default;
    /// The next frame (CV_8UC3, BGR). Nothing: not ready, or this one was damaged. Gone: unplugged. End: it
    /// was the last.
    virtual Got next(cv::Mat& bgr) = 0;
    /// Readable when a frame is ready; −1: whenever asked, so somebody must keep the time.
    virtual int descriptor() const { return -1; }
};

struct Opened {
    std::unique_ptr<FrameSource> source;  ///< null: see `why`
    sight::Condition why = sight::Condition::Running;
};

/// `start` of the kiosk: for ever, from the beginning again when there is an end.
Opened openSource(const sight::Start& start);

/// V4L2, streaming, MJPEG or YUYV at 1280×720 or what comes next to it.
Opened openDevice(const char* path);

}  // namespace tram::camera
