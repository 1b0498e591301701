#pragma once
#include <vector>

#include "map/Clip.h"

namespace tram::map {

struct Marker {
    Pixel place;       ///< where it belongs
    Pixel at;          ///< where its middle is drawn; a line leads to `place` when they differ
    bool free = true;  ///< false: there was no room, and it covers another
};

/// Round markers of one diameter, so that none covers another, their corners as targets included, and each is
/// whole in the frame: the first ones
/// stay where they belong, later ones go to the nearest free place around theirs. Places outside the frame
/// must not be among them. The same places give the same layout.
std::vector<Marker> placeMarkers(const std::vector<Pixel>& places, double diameter, const Frame& frame);

}  // namespace tram::map
