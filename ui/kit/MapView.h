#pragma once
#include <functional>

#include "pack/Area.h"
#include "ui/kit/Layout.h"
#include "ui/kit/MapGround.h"
#include "ui/kit/MapLook.h"
#include "ui/kit/MapShade.h"

namespace tram::kit {

struct MapMarker {
    std::string id;
    map::Point place;
    std::string number = {};  ///< as in the list beside it
    std::string icon = {};    ///< instead of a number
    TilePair pair = TilePair::Red;
    bool selected = false;
    std::string spoken = {};
    Action onPress = nullptr;
};

/// Something that holds for all of an area, shaded.
struct MapArea {
    std::string id;
    std::string name;
    pack::Area area;
    pack::Box box;  ///< around it
    AreaLook look = {};
};
using MapAreas = std::shared_ptr<const std::vector<MapArea>>;

struct MapOptions {
    std::string id;
    std::shared_ptr<const MapGround> ground = nullptr;  ///< none: only what is on it
    std::shared_ptr<MapLook> look;
    std::optional<map::Point> here = {};  ///< where this station stands
    std::vector<MapMarker> markers = {};  ///< the first ones keep their place when there is little room
    MapAreas areas = nullptr;
    std::string strong = {};    ///< the area that is meant just now, by its id
    ViewRef note = nullptr;     ///< at the upper left
    ViewRef buttons = nullptr;  ///< at the upper right
    ViewRef foot = nullptr;     ///< over its lower edge
    double height = 0;          ///< reference pixels; 0: as high as its place
    std::string spoken = {};
    std::function<std::string(int metres)> length;  ///< of the scale, in words
    /// A finger tapped there, beside all markers; without a finger the middle.
    std::function<void(const map::Point&)> onTap;
    Action onMoved = nullptr;  ///< by keys
};
/// Pulled by a finger, moved by arrow keys, closer with +, further away with − and the wheel.
ViewRef mapView(MapOptions options);

}  // namespace tram::kit
