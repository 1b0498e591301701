#include "scan/CodeReader.h"

#include <algorithm>

#include "scan/Stages.h"

namespace tram::scan {

namespace {

constexpr int kFast = -1;
/// No camera's frame, and no code's: of a thinner strip no half, middle or quarter is left to look at.
constexpr int kThinnest = 8;

/// FNV-1a over every pixel of a sparse grid: noise of a sensor changes it with each frame.
std::uint64_t fingerprint(const cv::Mat& grey) {
    std::uint64_t hash = 14695981039346656037u;
    for (int y = 0; y < grey.rows; y += 4) {
        const auto* row = grey.ptr(y);
        for (int x = 0; x < grey.cols; x += 4) hash = (hash ^ row[x]) * 1099511628211u;
    }
    return hash;
}

void append(Readings& all, Readings more) {
    for (auto& one : more) all.push_back(std::move(one));
}

}  // namespace

CodeReader::Sight CodeReader::look(const cv::Mat& grey) {
    if (std::min(grey.cols, grey.rows) < kThinnest) return {};
    const auto pixels = fingerprint(grey);
    auto found = readWithZxing(grey, Effort::Fast);
    const auto& stage = stages()[next_];
    auto more = stage.look(grey);

    Sight sight;
    sight.hint = hints_.add(grey, found.empty() ? more : found);
    sight.codes = agreement_.add({pixels, kFast}, std::move(found));
    append(sight.codes, agreement_.addSame({pixels, static_cast<int>(next_)}, std::move(more)));
    sight.inView = agreement_.inView();
    next_ = (next_ + 1) % stages().size();
    return sight;
}

int CodeReader::roundOfStages() {
    return static_cast<int>(stages().size());
}

}  // namespace tram::scan
