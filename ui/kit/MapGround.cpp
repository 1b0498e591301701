#include "ui/kit/MapGround.h"

#include <fstream>

#include "map/Sketch.h"
#include "map/Tiles.h"

namespace tram::kit {

namespace {

/// sqlite.org/fileformat.html, 1.3.1.
constexpr std::string_view kDatabase = "SQLite format 3";

bool isDatabase(const std::filesystem::path& path) {
    std::string head(kDatabase.size(), '\0');
    std::ifstream file(path, std::ios::binary);
    return file.read(head.data(), static_cast<std::streamsize>(head.size())) && head == kDatabase;
}

}  // namespace

base::Result<std::shared_ptr<const MapGround>> MapGround::load(const std::filesystem::path& path) {
    if (isDatabase(path)) return map::Tiles::open(path).map(tileGround);
    return map::Sketch::load(path).map(sketchGround);
}

}  // namespace tram::kit
