#pragma once
#include <opencv2/core.hpp>

#include "scan/Picture.h"

namespace tram::scan {

/// A foreign picture as pixels (CV_8UC3, BGR): upright by its EXIF orientation, at most `maxSide` on the long
/// side. Refuses as preparePicture() does.
base::Result<cv::Mat> decodePicture(const base::SecretBytes& original, int maxSide);

/// What codes are read in (CV_8UC1).
cv::Mat greyOf(const cv::Mat& bgr);

/// Pixels as a picture fit to send.
base::Result<PreparedPicture> pictureOf(const cv::Mat& upright);

}  // namespace tram::scan
