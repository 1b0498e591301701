#include <wx/graphics.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>

#include <algorithm>
#include <deque>

#include "map/Tiles.h"
#include "ui/kit/MapGround.h"

namespace tram::kit {

namespace {

/// A screen of 1920×1080 shows at most fifty; a move then finds most of them decoded.
constexpr std::size_t kKept = 120;

class TileGround final : public MapGround {
  public:
    explicit TileGround(map::Tiles tiles) : tiles_(std::move(tiles)) {}

    const std::string& note() const override { return tiles_.attribution(); }
    std::optional<map::Box> box() const override { return tiles_.bounds(); }

    void paint(Painter& painter, const map::View& view, wxPoint corner) const override {
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
        if (!bytes) return {};
        wxLogNull quiet;  // a tile that is none is left out, and asks nobody to press OK
        wxMemoryInputStream stream(bytes->data(), bytes->size());
        wxImage image;
        return image.LoadFile(stream) ? wxBitmap(image) : wxBitmap();
    }

    map::Tiles tiles_;
    mutable std::deque<Decoded> decoded_;  ///< oldest first
};

}  // namespace

std::shared_ptr<const MapGround> tileGround(map::Tiles tiles) {
    return std::make_shared<TileGround>(std::move(tiles));
}

}  // namespace tram::kit
