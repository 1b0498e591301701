#pragma once
#include <optional>

#include "map/Clip.h"
#include "map/View.h"

namespace tram::kit {

/// Where a map looks just now: truth of the page that shows it, and not of the tree of views (as Film is).
class MapLook {
  public:
    /// Closer than this a place alone says nothing of where it is.
    static constexpr int kClosestShown = 17;

    /// Begins around `centre`, never leaves `bounds` with its centre, and is never wider than `leastZoom`.
    MapLook(const map::Point& centre, std::optional<map::Box> bounds, int leastZoom = map::View::kLeastZoom);

    /// To be seen whole, as soon as there is a place for it.
    void show(const map::Box& box) { wanted_ = box; }
    /// What stays in sight when the view becomes closer or something comes to lie over the map, until it is
    /// moved out of sight by hand.
    void keep(std::optional<map::Point> place) { kept_ = place; }
    /// By the view that draws it: its size, and what of it nothing covers.
    void placed(const map::Size& size, const map::Frame& free);
    const map::View& view() const { return view_; }
    /// Whether a place is where it can be seen, by what was placed last.
    bool sees(const map::Point& place) const;

    map::Box seen() const;  ///< what of the ground nothing covers

    bool closest() const { return view_.closest(); }
    bool widest() const { return view_.zoom() <= leastZoom_; }
    void zoom(int steps);
    void moveBy(const map::Pixel& by);  ///< as a finger pulls it
    void centreOn(const map::Point& place);

  private:
    void set(const map::View& view);
    void keepInSight();
    void dropUnseen();

    map::View view_;
    map::Frame free_{{0, 0}, {1, 1}};
    std::optional<map::Box> bounds_, wanted_;
    std::optional<map::Point> kept_;
    int leastZoom_;
};

}  // namespace tram::kit
