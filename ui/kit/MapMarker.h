#pragma once
#include "ui/kit/MapView.h"

namespace tram::kit {

int markerSide(const Canvas& canvas);
/// Placed by the map; nowhere while its place is out of sight.
ViewRef markerView(const MapMarker& marker);
/// The same disc beside words, to be found on the map.
ViewRef markerDisc(std::string number, TilePair pair, bool selected);

}  // namespace tram::kit
