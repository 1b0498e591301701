#pragma once
#include <set>
#include <string>
#include <vector>

#include "map/Clip.h"
#include "ui/kit/Canvas.h"

namespace tram::kit {

/// Names on a map: each once, along its line or in the middle of its area, none over another. What has no
/// room is left out.
class MapLabels {
  public:
    /// `frame` in the painter's pixels: nothing is written across its edge.
    MapLabels(Painter& painter, const Rect& frame);

    /// Nothing is written here, either.
    void leaveOut(const Rect& place) { taken_.push_back(place); }
    /// Along the longest straight piece of `line`, never upside down.
    void along(const std::string& name, const map::Path& line, const wxColour& colour);
    /// Level, around `middle`, where `room` pixels are as wide as it may be.
    void at(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour);
    /// The same, on a ground of its own: of what lies over other names.
    void over(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour);

  private:
    bool claim(const Rect& place);
    void level(const std::string& name, const map::Pixel& middle, double room, const wxColour& colour,
               bool ground);

    Painter& painter_;
    Rect frame_;
    Face face_;
    std::set<std::string> written_;
    std::vector<Rect> taken_;
};

}  // namespace tram::kit
