#include "map/Tiles.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <charconv>
#include <map>

#include "base/VietnameseText.h"
#include "store/Database.h"
#include "store/ReadOnly.h"

namespace tram::map {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr int kMostTileZoom = 24;
constexpr std::size_t kMaxNames = 100, kMaxAttribution = 200;

tl::unexpected<base::Problem> malformed(const char* detail) {
    return fail(ProblemKind::Malformed, {{"detail", detail}});
}

template <class Number>
std::optional<Number> numberIn(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

/// "Left, bottom, right, top", degrees.
std::optional<Box> boundsIn(std::string_view text) {
    std::array<double, 4> sides{};
    for (auto& side : sides) {
        const auto comma = text.find(',');
        auto part = text.substr(0, comma);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        const auto value = numberIn<double>(part);
        if (!value || (comma == text.npos) != (&side == &sides.back())) return {};
        side = *value;
        text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
    }
    const auto [west, south, east, north] = sides;
    const bool right =
        -180 <= west && west <= east && east <= 180 && -90 <= south && south <= north && north <= 90;
    if (!right) return {};
    return Box{south, west, north, east};
}

std::map<std::string, std::string> metadataOf(SQLite::Database& db) {
    const store::Patience patience(db);
    SQLite::Statement rows(db, "SELECT name, value FROM metadata LIMIT ?");
    rows.bind(1, static_cast<std::int64_t>(kMaxNames));
    std::map<std::string, std::string> all;
    while (rows.executeStep()) all.emplace(rows.getColumn(0).getString(), rows.getColumn(1).getString());
    return all;
}

/// Writers should say it (§"Metadata"), not all do.
std::optional<int> zoomOf(SQLite::Database& db, const std::map<std::string, std::string>& told,
                          const char* name, const char* otherwise) {
    if (const auto found = told.find(name); found != told.end()) return numberIn<int>(found->second);
    const store::Patience patience(db);
    SQLite::Statement row(db, otherwise);
    if (!row.executeStep() || row.getColumn(0).isNull()) return {};
    return row.getColumn(0).getInt();
}

bool isTile(const std::string& bytes) {
    const auto size = pictureSize(bytes);
    return size && size->width == size->height && (size->width == 256 || size->width == 512);
}

}  // namespace

Tiles::Tiles(std::unique_ptr<SQLite::Database> db) : db_(std::move(db)) {}
Tiles::Tiles(Tiles&&) noexcept = default;
Tiles& Tiles::operator=(Tiles&&) noexcept = default;
Tiles::~Tiles() = default;

Result<Tiles> Tiles::open(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) return fail(ProblemKind::FileMissing, {{"path", path.string()}});
    Result<Tiles> opened = malformed("metadata");
    const auto read = store::Database::guarded([&] {
        Tiles tiles(std::make_unique<SQLite::Database>(store::openImmutable(path)));
        store::refuseLongValues(*tiles.db_);
        const auto right = tiles.readMetadata();
        opened = right ? Result<Tiles>(std::move(tiles)) : tl::unexpected(right.error());
    });
    if (read) return opened;
    if (read.error().kind == ProblemKind::FileUnreadable) return tl::unexpected(read.error());
    return malformed("sqlite");
}

Result<void> Tiles::readMetadata() {
    const auto told = metadataOf(*db_);
    const auto at = [&](const char* name) {
        const auto found = told.find(name);
        return found == told.end() ? std::string() : found->second;
    };
    if (at("format") != "png" && at("format") != "jpg") return malformed("format");
    const auto least = zoomOf(*db_, told, "minzoom", "SELECT min(zoom_level) FROM tiles");
    const auto most = zoomOf(*db_, told, "maxzoom", "SELECT max(zoom_level) FROM tiles");
    if (!least || !most || *least < 0 || *least > *most || *most > kMostTileZoom) return malformed("zoom");
    leastZoom_ = *least;
    mostZoom_ = *most;
    if (!at("bounds").empty() && !(bounds_ = boundsIn(at("bounds")))) return malformed("bounds");
    attribution_ = base::firstCharacters(withoutMarkup(at("attribution")), kMaxAttribution);
    return {};
}

std::optional<std::string> Tiles::tile(const TileId& id) const {
    if (id.zoom < leastZoom_ || id.zoom > mostZoom_) return {};
    std::optional<std::string> found;
    (void)store::Database::guarded([&] {
        const store::Patience patience(*db_);  // `tiles` may be a view (MBTiles 1.3, "Tiles")
        SQLite::Statement row(*db_,
                              "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND "
                              "tile_row = ? AND length(tile_data) <= ?");
        row.bind(1, id.zoom);
        row.bind(2, id.x);
        row.bind(3, (std::int64_t{1} << id.zoom) - 1 - id.y);  // from the south, as TMS counts
        row.bind(4, static_cast<std::int64_t>(kMaxTile));
        if (row.executeStep()) found = row.getColumn(0).getString();
    });
    if (found && !isTile(*found)) found.reset();
    return found;
}

std::string withoutMarkup(std::string_view html) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNamed = {
        {{"&copy;", "©"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&amp;", "&"}}};
    std::string text;
    while (!html.empty()) {
        if (html.front() == '<') {
            html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
            continue;
        }
        std::string_view from = html.substr(0, 1), to = from;
        for (const auto& [name, sign] : kNamed)
            if (html.starts_with(name)) from = name, to = sign;
        text += to;
        html.remove_prefix(from.size());
    }
    return base::clean(text);
}

}  // namespace tram::map
