#include "map/Clip.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

namespace tram::map {

namespace {

Pixel between(const Pixel& a, const Pixel& b, double along) {
    return {a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along};
}

std::optional<std::pair<Pixel, Pixel>> clipEdge(const Pixel& a, const Pixel& b, const Frame& frame) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    double enters = 0, leaves = 1;
    // Against each side: how fast the edge goes out through it, and how far inside it begins.
    for (const auto& [out, inside] : {std::pair(-dx, a.x - frame.from.x), std::pair(dx, frame.to.x - a.x),
                                      std::pair(-dy, a.y - frame.from.y), std::pair(dy, frame.to.y - a.y)}) {
        if (out == 0) {
            if (inside < 0) return {};
        } else if (out < 0) {
            enters = std::max(enters, inside / out);
        } else {
            leaves = std::min(leaves, inside / out);
        }
    }
    if (enters > leaves) return {};
    return std::pair(between(a, b, enters), between(a, b, leaves));
}

/// Against one side; `inside` is 0 on it, greater within.
Path clipSide(const Path& ring, const std::function<double(const Pixel&)>& inside) {
    Path kept;
    for (std::size_t at = 0; at < ring.size(); ++at) {
        const auto &a = ring[at == 0 ? ring.size() - 1 : at - 1], &b = ring[at];
        const double first = inside(a), second = inside(b);
        if ((first < 0) != (second < 0)) kept.push_back(between(a, b, first / (first - second)));
        if (second >= 0) kept.push_back(b);
    }
    return kept;
}

}  // namespace

std::vector<Path> clipLine(const Path& line, const Frame& frame) {
    std::vector<Path> pieces;
    for (std::size_t at = 1; at < line.size(); ++at) {
        const auto edge = clipEdge(line[at - 1], line[at], frame);
        if (!edge) continue;
        if (pieces.empty() || pieces.back().back() != edge->first) pieces.push_back({edge->first});
        pieces.back().push_back(edge->second);
    }
    return pieces;
}

Path clipRing(const Path& ring, const Frame& frame) {
    auto kept = clipSide(ring, [&](const Pixel& at) { return at.x - frame.from.x; });
    kept = clipSide(kept, [&](const Pixel& at) { return frame.to.x - at.x; });
    kept = clipSide(kept, [&](const Pixel& at) { return at.y - frame.from.y; });
    return clipSide(kept, [&](const Pixel& at) { return frame.to.y - at.y; });
}

Path thinned(const Path& line, double least) {
    Path kept;
    for (std::size_t at = 0; at < line.size(); ++at)
        if (at == 0 || at + 1 == line.size() ||
            std::hypot(line[at].x - kept.back().x, line[at].y - kept.back().y) >= least)
            kept.push_back(line[at]);
    return kept;
}

}  // namespace tram::map
