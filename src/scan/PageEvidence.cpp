#include "scan/PageEvidence.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tram::scan {

namespace {

constexpr int kSamples = 32;
constexpr float kNear = 2, kFar = 4;   // pixels from the edge, to either side
constexpr float kDiffers = 7;          // of 255; twice what is left of a sensor's noise
constexpr double kHardlyThere = 0.45;  // of a side

cv::Point2f outwardOf(cv::Point2f from, cv::Point2f to) {
    const cv::Point2f along = to - from;
    const float length = std::max(1e-3F, std::hypot(along.x, along.y));
    return {along.y / length, -along.x / length};  // clockwise, y downwards: outside is to the left
}

}  // namespace

cv::Point2f meetingPoint(cv::Point2f a, cv::Point2f b, cv::Point2f c, cv::Point2f d) {
    const cv::Point2f ab = b - a, cd = d - c;
    const float cross = ab.x * cd.y - ab.y * cd.x;
    if (std::abs(cross) < 1e-4F * (std::hypot(ab.x, ab.y) * std::hypot(cd.x, cd.y)) + 1e-9F)
        return {1e6F, 1e6F};
    const cv::Point2f ac = c - a;
    return a + ab * ((ac.x * cd.y - ac.y * cd.x) / cross);
}

bool PageEvidence::sample(cv::Point2f at, cv::Vec3f& colour) const {
    const int x = cvRound(at.x), y = cvRound(at.y);
    if (x < 0 || y < 0 || x >= lab_.cols || y >= lab_.rows) return false;
    const auto& pixel = lab_.ptr<cv::Vec3b>(y)[x];
    for (int c = 0; c < 3; ++c) colour[c] += pixel[c];
    return true;
}

/// False at the picture's edge, where nothing can be said.
bool PageEvidence::across(cv::Point2f at, cv::Point2f outward, float& light, float& difference) const {
    cv::Vec3f inside{}, outside{};
    for (const float away : {kNear, kFar})
        if (!sample(at - outward * away, inside) || !sample(at + outward * away, outside)) return false;
    const cv::Vec3f by = (inside - outside) * 0.5F;
    light = by[0];
    difference = std::sqrt(by[0] * by[0] + 1.5F * (by[1] * by[1] + by[2] * by[2]));
    return true;
}

PageEvidence::Side PageEvidence::side(cv::Point2f from, cv::Point2f to) const {
    const auto outward = outwardOf(from, to);
    int lighter = 0, darker = 0, coloured = 0, beyond = 0;
    double sum = 0, plain = 0;
    for (int i = 0; i < kSamples; ++i) {
        const auto at = from + (to - from) * (0.03F + 0.94F * static_cast<float>(i) / (kSamples - 1));
        float best = 0, light = 0;
        bool there = false;
        for (const float shift : {0.F, 1.F, -1.F, 2.F, -2.F}) {
            float l = 0, difference = 0;
            if (!across(at + outward * shift, outward, l, difference)) continue;
            there = true;
            if (difference > best) best = difference, light = l;
        }
        beyond += !there;
        if (best < kDiffers) continue;
        sum += light;
        plain += best;
        const bool byColour = std::abs(light) < 0.4F * best;
        (byColour ? coloured : light > 0 ? lighter : darker)++;
    }
    if (beyond > kSamples / 3) return {};
    const int same = std::max(lighter, darker) + coloured;
    const int all = std::max(1, lighter + darker + coloured);
    return {static_cast<double>(same) / kSamples, sum / all, plain / all};
}

PageEvidence::Outline PageEvidence::of(const PageCorners& corners) const {
    double sum = 0, least = 1, faintest = 1e9, plainest = 0;
    int darker = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto one = side(corners[i], corners[(i + 1) % 4]);
        if (one.seen < kHardlyThere) return {};
        sum += one.seen;
        least = std::min(least, one.seen);
        faintest = std::min(faintest, one.plain), plainest = std::max(plainest, one.plain);
        darker += one.lighter < -4;
    }
    // A sheet is mostly lighter than what it lies on; a hole, a screen or a shadow are not.
    const double paper = 1 - 0.06 * darker;
    return {(0.75 * sum / 4 + 0.25 * least) * paper, faintest / std::max(1.0, plainest)};
}

/// Where colours change fastest: the middle of what changes at least nearly as fast.
bool PageEvidence::steepest(cv::Point2f at, cv::Point2f outward, float reach, float& where) const {
    float most = 0;
    std::vector<std::pair<float, float>> steps;
    for (float shift = -reach; shift <= reach; shift += 0.5F) {
        cv::Vec3f inside{}, outside{};
        const auto middle = at + outward * shift;
        if (!sample(middle - outward, inside) || !sample(middle + outward, outside)) continue;
        const auto by = static_cast<float>(cv::norm(inside - outside));
        most = std::max(most, by);
        steps.emplace_back(shift, by);
    }
    if (most < kDiffers) return false;
    float weight = 0, sum = 0;
    for (const auto& [shift, by] : steps)
        if (by > 0.8F * most) weight += by, sum += by * shift;
    where = sum / weight;
    return true;
}

std::array<cv::Point2f, 2> PageEvidence::refined(cv::Point2f from, cv::Point2f to, float reach) const {
    const auto outward = outwardOf(from, to);
    std::vector<cv::Point2f> edge;
    for (int i = 0; i < kSamples; ++i) {
        const auto at = from + (to - from) * (0.05F + 0.9F * static_cast<float>(i) / (kSamples - 1));
        float where = 0;
        if (steepest(at, outward, reach, where)) edge.push_back(at + outward * where);
    }
    if (edge.size() < kSamples / 3) return {from, to};
    cv::Vec4f line;
    cv::fitLine(edge, line, cv::DIST_HUBER, 0, 0.01, 0.01);
    const cv::Point2f direction{line[0], line[1]}, point{line[2], line[3]};
    const auto along = to - from;
    const float turned =
        std::abs(direction.x * along.y - direction.y * along.x) / std::hypot(along.x, along.y);
    if (turned > 0.1F) return {from, to};
    return {point, point + direction};
}

}  // namespace tram::scan
