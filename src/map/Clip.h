#pragma once
#include <vector>

#include "map/View.h"

namespace tram::map {

/// Upper left and lower right corner.
struct Frame {
    Pixel from, to;
};
using Path = std::vector<Pixel>;

/// What of a line is in the frame, in pieces (Liang–Barsky), so that nothing far outside is drawn.
std::vector<Path> clipLine(const Path& line, const Frame& frame);

/// What of a ring is in the frame (Sutherland–Hodgman); empty when nothing is. Where the ring leaves, it goes
/// along the frame: filled it looks the same, its edge is not to be drawn there.
Path clipRing(const Path& ring, const Frame& frame);

/// Without points that are nearer than `least` pixels to the one before: what a wide view need not draw. Its
/// ends stay.
Path thinned(const Path& line, double least);

}  // namespace tram::map
