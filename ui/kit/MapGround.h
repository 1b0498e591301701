#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "map/View.h"
#include "ui/kit/Canvas.h"

namespace tram::map {
class Sketch;
class Tiles;
}  // namespace tram::map

namespace tram::kit {

/// What lies at the bottom of a map: an operator's tiles, or a sketch that claims no more than it knows. Read
/// once and shared by all pages; for the UI thread.
class MapGround {
  public:
    virtual ~MapGround() = default;
    /// MBTiles or a sketch, told apart by how the file begins. As map::Tiles::open and map::Sketch::load.
    static base::Result<std::shared_ptr<const MapGround>> load(const std::filesystem::path& path);

    /// Whom or what it comes from; to be shown on it. Tiles say it in one language alone.
    virtual const std::string& note(std::string_view language) const = 0;
    virtual std::optional<map::Box> box() const = 0;  ///< beyond it there is nothing; nothing: not known
    virtual int leastZoom() const { return map::View::kLeastZoom; }  ///< wider views show nothing of it
    /// `corner`: where the view's upper left one is. The caller has clipped to the view.
    virtual void paint(Painter& painter, const map::View& view, wxPoint corner) const = 0;
};

std::shared_ptr<const MapGround> sketchGround(map::Sketch sketch);
std::shared_ptr<const MapGround> tileGround(map::Tiles tiles);

}  // namespace tram::kit
