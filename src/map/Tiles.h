#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "map/View.h"

namespace SQLite {
class Database;
}

namespace tram::map {

/// The operator's own raster map: MBTiles 1.3 (github.com/mapbox/mbtiles-spec), one SQLite file with PNG or
/// JPEG tiles. Read in place and never written; not for several threads at once.
class Tiles {
  public:
    /// FileMissing, FileUnreadable; Malformed (fact "detail") for what is no MBTiles, has other tiles than
    /// png or jpg, or bounds and zooms that are none.
    static base::Result<Tiles> open(const std::filesystem::path& path);
    Tiles(Tiles&&) noexcept;
    Tiles& operator=(Tiles&&) noexcept;
    ~Tiles();

    const std::string& attribution() const { return attribution_; }  ///< plain text, to be shown on the map
    const std::optional<Box>& bounds() const { return bounds_; }
    int leastZoom() const { return leastZoom_; }
    int mostZoom() const { return mostZoom_; }

    /// A PNG or JPEG of 256 or 512 pixels square, at most kMaxTile bytes; nothing for one that is not there,
    /// or is something else, or lies in a damaged part of the file.
    std::optional<std::string> tile(const TileId& id) const;

    static constexpr std::size_t kMaxTile = 1u << 20;

  private:
    explicit Tiles(std::unique_ptr<SQLite::Database> db);
    base::Result<void> readMetadata();

    std::unique_ptr<SQLite::Database> db_;
    std::string attribution_;
    std::optional<Box> bounds_;
    int leastZoom_ = 0, mostZoom_ = 0;
};

/// How wide and high a PNG or a JPEG says it is; nothing for anything else. (Not whether the rest of it is
/// right.)
struct PictureSize {
    int width, height;
    bool operator==(const PictureSize&) const = default;
};
std::optional<PictureSize> pictureSize(std::string_view bytes);

/// HTML as an attribution may be → what a reader sees of it.
std::string withoutMarkup(std::string_view html);

}  // namespace tram::map
