#include <wx/graphics.h>

#include <algorithm>
#include <deque>

#include "map/Tiles.h"
#include "ui/kit/MapGround.h"
#include "ui/kit/Pictures.h"

namespace tram::kit {

namespace {

/// A screen of 1920×1080 shows at most fifty; a move then finds most of them decoded.
constexpr std::size_t kKept = 120;
constexpr int kLargest = 512;  ///< pixels of a tile's side, as map::Tiles has them

class TileGround final : public MapGround {
  public:
    explicit TileGround(map::Tiles tiles) : tiles_(std::move(tiles)) {}

    const std::string& note(std::string_view) const override { return tiles_.attribution(); }
    std::optional<map::Box> box() const override { return tiles_.bounds(); }

    /// A step wider than the tiles go, and they are half as large; beyond that there would be thousands.
    int leastZoom() const override { return std::max(map::View::kLeastZoom, tiles_.leastZoom() - 1); }

    void paint(Painter& painter, const map::View& view, wxPoint corner) const override {
        if (view.zoom() < leastZoom()) return;
        const int zoom = std::clamp(view.zoom(), tiles_.leastZoom(), tiles_.mostZoom());
        for (const auto& placed : view.tiles(zoom))
            if (const auto& bitmap = tile(placed.id); bitmap.IsOk())
                painter.gc().DrawBitmap(bitmap, corner.x + placed.corner.x, corner.y + placed.corner.y,
                                        placed.side, placed.side);
    }

  private:
    struct Decoded {
        map::TileId id;
        wxBitmap bitmap;  ///< not Ok: there is none
    };

    const wxBitmap& tile(const map::TileId& id) const {
        const auto found = std::ranges::find(decoded_, id, &Decoded::id);
        if (found != decoded_.end()) return found->bitmap;
        if (decoded_.size() == kKept) decoded_.pop_front();
        return decoded_.emplace_back(id, decode(id)).bitmap;
    }

    wxBitmap decode(const map::TileId& id) const {
        const auto bytes = tiles_.tile(id);
        return bytes ? decodePicture(*bytes, wxSize(kLargest, kLargest)) : wxBitmap();
    }

    map::Tiles tiles_;
    mutable std::deque<Decoded> decoded_;  ///< oldest first
};

}  // namespace

std::shared_ptr<const MapGround> tileGround(map::Tiles tiles) {
    return std::make_shared<TileGround>(std::move(tiles));
}

}  // namespace tram::kit
