#pragma once
#include "scan/PageFinder.h"

namespace tram::scan {

/// What speaks for a side of a page: how differently its two edges look.
class PageEvidence {
  public:
    /// `lab`: CV_8UC3, of the size that pages are looked for in.
    explicit PageEvidence(cv::Mat lab) : lab_(std::move(lab)) {}

    struct Side {
        double seen = 0;     ///< 0…1: the share of its length along which inside and outside differ, one way
        double lighter = 0;  ///< by how much the inside is lighter, 0…255; negative: darker
        double plain = 0;    ///< by how much it differs at all
    };
    Side side(cv::Point2f from, cv::Point2f to) const;
    struct Outline {
        double seen = 0;  ///< 0…1, of all four sides; 0 if one of them is hardly there
        double even = 0;  ///< 0…1: the faintest side beside the plainest; a fold is fainter than a page's end
    };
    Outline of(const PageCorners& corners) const;
    /// The same side moved and turned to where the difference is greatest: two points on it, or as it was.
    std::array<cv::Point2f, 2> refined(cv::Point2f from, cv::Point2f to, float reach) const;

  private:
    bool sample(cv::Point2f at, cv::Vec3f& colour) const;
    bool steepest(cv::Point2f at, cv::Point2f outward, float reach, float& where) const;
    bool across(cv::Point2f at, cv::Point2f outward, float& light, float& difference) const;

    cv::Mat lab_;
};

/// Where the lines through two sides meet; far away for parallel ones.
cv::Point2f meetingPoint(cv::Point2f a, cv::Point2f b, cv::Point2f c, cv::Point2f d);

}  // namespace tram::scan
