#include "scan/Agreement.h"

#include <algorithm>

namespace tram::scan {

namespace {

constexpr std::size_t kMostViews = 64, kMostCandidates = 32;

cv::Point2f centreOf(const Reading& reading) {
    cv::Point2f sum;
    for (const auto& corner : reading.corners) sum += corner;
    return sum * 0.25f;
}

float reachOf(const Reading& reading) {
    float reach = 0;
    for (const auto& corner : reading.corners)
        reach = std::max(reach, static_cast<float>(cv::norm(corner - centreOf(reading))));
    return reach;
}

/// One symbol cannot hold two texts, so one of the readings is wrong.
bool overlap(const Reading& one, const Reading& other) {
    const auto apart = static_cast<float>(cv::norm(centreOf(one) - centreOf(other)));
    return apart < std::max(reachOf(one), reachOf(other)) * 0.7f;
}

Reading copyOf(const Reading& reading) {
    return {reading.symbology, reading.text.copy(), reading.corners, reading.number};
}

}  // namespace

Readings Agreement::add(const View& view, Readings readings) {
    ++frame_;
    forget();
    return addSame(view, std::move(readings));
}

void Agreement::forget() {
    const auto old = [&](const Candidate& c) { return frame_ - c.lastSeen > kForgotten; };
    const bool gone = std::ranges::any_of(candidates_, [&](const auto& c) { return c.told && old(c); });
    std::erase_if(candidates_, old);
    if (!gone) return;
    for (auto& candidate : candidates_) candidate.told = false;
}

Readings Agreement::addSame(const View& view, Readings readings) {
    for (auto& reading : readings) {
        Candidate& candidate = candidateFor(std::move(reading));
        candidate.lastSeen = frame_;
        if (std::ranges::find(candidate.views, view) == candidate.views.end() &&
            candidate.views.size() < kMostViews)
            candidate.views.push_back(view);
    }
    Readings told;
    for (auto& candidate : candidates_) {
        if (candidate.told || candidate.lastSeen != frame_ || !counts(candidate)) continue;
        told.push_back(tell(candidate));
    }
    return told;
}

Reading Agreement::tell(Candidate& candidate) {
    candidate.told = true;
    if (candidate.reading.number == 0) candidate.reading.number = ++codes_;
    return copyOf(candidate.reading);
}

std::vector<std::uint32_t> Agreement::inView() const {
    std::vector<std::uint32_t> numbers;
    for (const auto& candidate : candidates_)
        if (candidate.told) numbers.push_back(candidate.reading.number);
    return numbers;
}

/// The one with this text, moved to where it is now, or a new one.
Agreement::Candidate& Agreement::candidateFor(Reading&& reading) {
    const auto same = std::ranges::find_if(candidates_, [&](const Candidate& c) {
        return c.reading.symbology == reading.symbology && c.reading.text.reveal() == reading.text.reveal();
    });
    if (same != candidates_.end()) {
        same->reading.corners = reading.corners;
        return *same;
    }
    if (candidates_.size() == kMostCandidates) candidates_.pop_front();
    return candidates_.emplace_back(Candidate{std::move(reading), {}, frame_, false});
}

bool Agreement::counts(const Candidate& candidate) const {
    const std::size_t need = candidate.reading.symbology == Symbology::Qr ? kQrViews : kCode128Views;
    if (candidate.views.size() < need) return false;
    return std::ranges::none_of(candidates_, [&](const Candidate& other) {
        return &other != &candidate && overlap(other.reading, candidate.reading) &&
               candidate.views.size() <= 2 * other.views.size();
    });
}

}  // namespace tram::scan
