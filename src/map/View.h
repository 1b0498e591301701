#pragma once
#include <vector>

#include "pack/Area.h"

namespace tram::map {

using pack::Box;
using pack::Point;

/// On a screen: from a view's upper left corner to the right and down.
struct Pixel {
    double x = 0, y = 0;
    bool operator==(const Pixel&) const = default;
};

struct Size {
    double width = 0, height = 0;
    bool operator==(const Size&) const = default;
};

/// Which square of the world's map, as tile servers count: from the north-west corner (XYZ).
struct TileId {
    int zoom = 0, x = 0, y = 0;
    bool operator==(const TileId&) const = default;
};
struct PlacedTile {
    TileId id;
    Pixel corner;  ///< its upper left one
    double side;   ///< pixels
};

/// A length of the ground that is good to read, and how long it is on the screen.
struct ScaleBar {
    int metres;
    double pixels;
};

/// A piece of the map on a screen: Web Mercator (EPSG:3857), where the world is one square of 256 pixels at
/// zoom 0 and twice as wide with each step. A value: moving gives another view.
class View {
  public:
    static constexpr int kLeastZoom = 9, kMostZoom = 19;
    static constexpr double kTile = 256, kMostLatitude = 85.05112877980659;

    /// `zoom` is kept within the bounds above; `size` in pixels, at least one by one.
    View(const Point& centre, int zoom, const Size& size);
    /// The closest that shows all of `box`, with a margin of so many pixels.
    static View showing(const Box& box, const Size& size, double margin);

    const Point& centre() const { return centre_; }
    int zoom() const { return zoom_; }
    const Size& size() const { return size_; }
    bool closest() const { return zoom_ == kMostZoom; }
    bool widest() const { return zoom_ == kLeastZoom; }

    Pixel toPixel(const Point& place) const;
    Point toPoint(const Pixel& at) const;
    Box box() const;                ///< what is in sight
    double metresPerPixel() const;  ///< at its centre
    ScaleBar scaleBar(double mostPixels) const;

    /// So many steps closer, or wider below 0, with what is at `fixed` staying there.
    View zoomed(int steps, const Pixel& fixed) const;
    View zoomed(int steps) const;  ///< around the centre
    /// As a finger pulls it: what was at (0, 0) is then at `by`.
    View moved(const Pixel& by) const;
    /// With its centre in `box`.
    View keptIn(const Box& box) const;
    View resized(const Size& size) const;

    /// The tiles in sight, row by row. `zoom`: of the tiles that there are, when it is not the view's own.
    std::vector<PlacedTile> tiles(int zoom) const;

  private:
    Pixel worldOf(const Point& place) const;  ///< pixels of the whole world's map
    Point placeOf(const Pixel& world) const;

    Point centre_;
    int zoom_;
    Size size_;
    Pixel corner_;  ///< of the world's map
};

}  // namespace tram::map
