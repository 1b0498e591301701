#include "scan/PageFinder.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "scan/PageEvidence.h"

namespace tram::scan {

namespace {

constexpr int kLookSide = 480;
constexpr int kMostLines = 32, kMostPageCandidates = 90;
constexpr double kSureEnough = 0.62, kAnotherEnough = 0.74, kEvenEnough = 0.5;
constexpr double kWithinEnough = 0.92;    // of what could also be a picture printed on a card
constexpr double kLeastArea = 0.035;      // of the picture
constexpr float kOutsideAllowed = 0.03F;  // of the long side: a corner may be just out of view

struct PageLine {
    cv::Point2f normal;  ///< unit
    float away = 0;      ///< from the middle of the picture
    cv::Point2f a, b;    ///< two points on it
};

float degreesBetween(const PageLine& one, const PageLine& other) {
    const float dot = std::abs(one.normal.dot(other.normal));
    return std::acos(std::min(1.F, dot)) * static_cast<float>(180 / CV_PI);
}

struct PageCandidate {
    PageCorners corners;
    double score = 0;
    double even = 1;  ///< PageEvidence::Outline
};

/// Text, and grain that is dark, go; sheets stay as they are.
cv::Mat withoutInk(const cv::Mat& lab) {
    cv::Mat closed;
    cv::morphologyEx(lab, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {7, 7}));
    cv::medianBlur(closed, closed, 3);
    return closed;
}

cv::Mat edgesOf(const cv::Mat& lab) {
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    cv::Mat all, one;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        cv::Canny(planes[i], one, i == 0 ? 22 : 16, i == 0 ? 60 : 40, 3, true);
        all = all.empty() ? one.clone() : all | one;
    }
    return all;
}

/// The straightest lines there are, no two of them nearly the same.
std::vector<PageLine> linesIn(const cv::Mat& edges) {
    std::vector<cv::Vec2f> found;
    const int least = std::min(edges.cols, edges.rows) / 8;
    cv::HoughLines(edges, found, 1, CV_PI / 180, least);
    const cv::Point2f middle(static_cast<float>(edges.cols) / 2, static_cast<float>(edges.rows) / 2);
    std::vector<PageLine> lines;
    for (const auto& polar : found) {
        const cv::Point2f normal(std::cos(polar[1]), std::sin(polar[1])), along(-normal.y, normal.x);
        PageLine line{normal, polar[0] - normal.dot(middle), {}, {}};
        const bool known = std::any_of(lines.begin(), lines.end(), [&](const PageLine& other) {
            const float sign = line.normal.dot(other.normal) < 0 ? -1.F : 1.F;
            return degreesBetween(line, other) < 4 && std::abs(line.away - sign * other.away) < 6;
        });
        if (known) continue;
        line.a = middle + normal * line.away - along * 50;
        line.b = line.a + along * 100;
        lines.push_back(line);
        if (lines.size() == kMostLines) break;
    }
    return lines;
}

/// From the corner that is top left as the picture stands.
PageCorners inReadingOrder(PageCorners corners) {
    double area = 0;
    for (std::size_t i = 0; i < 4; ++i) area += corners[i].cross(corners[(i + 1) % 4]);
    if (area < 0) std::swap(corners[1], corners[3]);
    std::size_t first = 0;
    float best = -2;
    for (std::size_t i = 0; i < 4; ++i) {
        // The top side and the bottom one, turned round, both tell.
        const auto top = corners[(i + 1) % 4] - corners[i],
                   bottom = corners[(i + 2) % 4] - corners[(i + 3) % 4];
        const auto both = top + bottom;
        const float level = both.x / std::max(1e-3F, std::hypot(both.x, both.y));
        if (level > best) best = level, first = i;
    }
    std::rotate(corners.begin(), corners.begin() + static_cast<std::ptrdiff_t>(first), corners.end());
    return corners;
}

bool couldBePage(const PageCorners& corners, cv::Size size) {
    const float out = kOutsideAllowed * static_cast<float>(std::max(size.width, size.height));
    float shortest = 1e9F, longest = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto at = corners[i], next = corners[(i + 1) % 4] - at, last = corners[(i + 3) % 4] - at;
        if (at.x < -out || at.y < -out || at.x > static_cast<float>(size.width) + out ||
            at.y > static_cast<float>(size.height) + out)
            return false;
        const float length = std::hypot(next.x, next.y);
        const float sine = next.cross(last) / std::max(1e-3F, length * std::hypot(last.x, last.y));
        if (sine < 0.6F) return false;  // 37° to 143°, and convex
        shortest = std::min(shortest, length), longest = std::max(longest, length);
    }
    if (shortest * 4 < longest) return false;
    const double area = cv::contourArea(std::vector<cv::Point2f>(corners.begin(), corners.end()));
    return area >= kLeastArea * size.area();
}

/// 0…1: how much of the outline lies on edges at all; quick, and blind to what is on either side.
double onEdges(const PageCorners& corners, const cv::Mat& wide) {
    constexpr int kPoints = 24;
    double sum = 0, least = 1;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto from = corners[i], by = corners[(i + 1) % 4] - from;
        int hits = 0;
        for (int k = 0; k < kPoints; ++k) {
            const auto at = from + by * ((static_cast<float>(k) + 0.5F) / kPoints);
            const int x = cvRound(at.x), y = cvRound(at.y);
            hits += x >= 0 && y >= 0 && x < wide.cols && y < wide.rows && wide.ptr(y)[x] != 0;
        }
        sum += hits;
        least = std::min(least, static_cast<double>(hits) / kPoints);
    }
    return 0.6 * sum / (4 * kPoints) + 0.4 * least;
}

class Candidates {
  public:
    explicit Candidates(const cv::Mat& edges) : size_(edges.size()), lines_(linesIn(edges)) {
        cv::dilate(edges, wide_, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    }
    std::vector<PageCandidate> best() {
        pairUp();
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            for (std::size_t k = i + 1; k < pairs_.size(); ++k) cross(pairs_[i], pairs_[k]);
        const auto most = std::min<std::size_t>(kMostPageCandidates, all_.size());
        std::partial_sort(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(most), all_.end(),
                          [](const auto& a, const auto& b) { return a.score > b.score; });
        all_.resize(most);
        return std::move(all_);
    }

  private:
    struct Pair {
        const PageLine *one, *other;
    };
    void pairUp() {
        const float apart = 0.12F * static_cast<float>(std::min(size_.width, size_.height));
        for (std::size_t i = 0; i < lines_.size(); ++i)
            for (std::size_t k = i + 1; k < lines_.size(); ++k) {
                const auto &one = lines_[i], &other = lines_[k];
                const float sign = one.normal.dot(other.normal) < 0 ? -1.F : 1.F;
                if (degreesBetween(one, other) < 25 && std::abs(one.away - sign * other.away) > apart)
                    pairs_.push_back({&one, &other});
            }
    }
    void cross(const Pair& p, const Pair& q) {
        if (degreesBetween(*p.one, *q.one) < 50 || degreesBetween(*p.other, *q.other) < 50) return;
        const auto at = [](const PageLine* l, const PageLine* m) {
            return meetingPoint(l->a, l->b, m->a, m->b);
        };
        const auto corners =
            inReadingOrder({at(p.one, q.one), at(p.one, q.other), at(p.other, q.other), at(p.other, q.one)});
        if (!couldBePage(corners, size_)) return;
        const double score = onEdges(corners, wide_);
        if (score < 0.5) return;
        const double area = cv::contourArea(std::vector<cv::Point2f>(corners.begin(), corners.end()));
        all_.push_back({corners, score + 0.15 * area / size_.area()});
    }

    cv::Size size_;
    cv::Mat wide_;
    std::vector<PageLine> lines_;
    std::vector<Pair> pairs_;
    std::vector<PageCandidate> all_;
};

PageCorners sharpened(const PageCorners& corners, const PageEvidence& evidence, float reach) {
    std::array<std::array<cv::Point2f, 2>, 4> sides;
    for (std::size_t i = 0; i < 4; ++i) sides[i] = evidence.refined(corners[i], corners[(i + 1) % 4], reach);
    PageCorners better;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto &before = sides[(i + 3) % 4], &after = sides[i];
        better[i] = meetingPoint(before[0], before[1], after[0], after[1]);
        const auto moved = better[i] - corners[i];
        if (std::hypot(moved.x, moved.y) > 4 * reach) return corners;
    }
    return better;
}

double areaOf(const PageCorners& corners) {
    return cv::contourArea(std::vector<cv::Point2f>(corners.begin(), corners.end()));
}

double sharedArea(const PageCorners& one, const PageCorners& other) {
    std::vector<cv::Point2f> both;
    return cv::intersectConvexConvex(std::vector<cv::Point2f>(one.begin(), one.end()),
                                     std::vector<cv::Point2f>(other.begin(), other.end()), both);
}

/// Best first. Of what lies in each other, the larger counts more: a table printed on a page has an outline,
/// too.
std::vector<PageCandidate> judged(std::vector<PageCandidate> candidates, const PageEvidence& evidence,
                                  cv::Size size) {
    for (auto& candidate : candidates) {
        candidate.corners = sharpened(candidate.corners, evidence, 3);
        const auto outline =
            couldBePage(candidate.corners, size) ? evidence.of(candidate.corners) : PageEvidence::Outline{};
        candidate.score = outline.seen;
        candidate.even = outline.even;
    }
    std::erase_if(candidates, [](const auto& candidate) { return candidate.score < kSureEnough; });
    const auto weight = [](const PageCandidate& c) {
        return c.score * std::pow(areaOf(c.corners), 0.12) * (0.9 + 0.2 * std::min(kEvenEnough, c.even));
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
    return candidates;
}

bool isSheetOfItsOwn(const PageCandidate& c, double seen) {
    return c.score >= seen && c.even >= kEvenEnough;
}

bool apart(const PageCandidate& one, const PageCandidate& other) {
    const double a = areaOf(one.corners), b = areaOf(other.corners);
    return std::min(a, b) > 0.4 * std::max(a, b) &&
           sharedArea(one.corners, other.corners) < 0.05 * std::min(a, b);
}

/// Beside the best, or both within it: two cards in a row have an outline together, too.
bool areTwo(const std::vector<PageCandidate>& sorted) {
    const auto& first = sorted.front();
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (!isSheetOfItsOwn(sorted[i], kAnotherEnough)) continue;
        if (apart(first, sorted[i])) return true;
        if (!isSheetOfItsOwn(sorted[i], kWithinEnough)) continue;
        for (std::size_t k = i + 1; k < sorted.size(); ++k)
            if (isSheetOfItsOwn(sorted[k], kWithinEnough) && apart(sorted[i], sorted[k]) &&
                areaOf(sorted[i].corners) + areaOf(sorted[k].corners) > 0.5 * areaOf(first.corners))
                return true;
    }
    return false;
}

PageSight seenIn(const cv::Mat& lab, const cv::Mat& looked) {
    const PageEvidence evidence(looked);
    const auto sorted = judged(Candidates(edgesOf(looked)).best(), evidence, lab.size());
    if (sorted.empty()) return NoPage{};
    if (areTwo(sorted)) return TwoPages{};
    auto corners = sorted.front().corners;
    for (const float reach : {6.F, 3.F}) corners = sharpened(corners, evidence, reach);
    return FoundPage{corners, sorted.front().score};
}

/// A scanner's picture: paper all around, and a little ink in it.
bool isPaperThroughout(const cv::Mat& lab, const cv::Mat& closed) {
    const int rim = std::max(2, std::min(lab.cols, lab.rows) / 40);
    cv::Mat ring(lab.size(), CV_8U, cv::Scalar(255));
    ring(cv::Rect(rim, rim, lab.cols - 2 * rim, lab.rows - 2 * rim)).setTo(0);
    cv::Scalar mean, deviation;
    cv::meanStdDev(closed, mean, deviation, ring);
    if (mean[0] < 190 || deviation[0] > 10 || std::abs(mean[1] - 128) > 8 || std::abs(mean[2] - 128) > 12)
        return false;
    cv::Mat by, light, lightClosed;
    cv::extractChannel(lab, light, 0);
    cv::extractChannel(closed, lightClosed, 0);
    cv::subtract(lightClosed, light, by);
    const double ink = cv::countNonZero(by > 40) / static_cast<double>(by.total());
    return ink > 0.004 && ink < 0.4;
}

PageSight findIn(const cv::Mat& lab) {
    const cv::Mat closed = withoutInk(lab);
    auto sight = seenIn(lab, closed);
    if (!std::holds_alternative<NoPage>(sight)) return sight;
    if (isPaperThroughout(lab, closed)) {
        const auto w = static_cast<float>(lab.cols), h = static_cast<float>(lab.rows);
        return FoundPage{{cv::Point2f{0, 0}, {w, 0}, {w, h}, {0, h}}, 0.5, true};
    }
    return sight;
}

}  // namespace

PageSight findPage(const cv::Mat& bgr) {
    const int side = std::max(bgr.cols, bgr.rows);
    const double scale = std::min(1.0, static_cast<double>(kLookSide) / side);
    if (std::min(bgr.cols, bgr.rows) * scale < 32) return NoPage{};
    cv::Mat small, lab;
    cv::resize(bgr, small, {}, scale, scale, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {3, 3}, 0);
    cv::cvtColor(small, lab, cv::COLOR_BGR2Lab);
    auto sight = findIn(lab);
    if (auto* page = std::get_if<FoundPage>(&sight))
        for (auto& corner : page->corners) corner *= 1 / static_cast<float>(scale);
    return sight;
}

}  // namespace tram::scan
