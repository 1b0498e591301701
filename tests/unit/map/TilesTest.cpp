#include "map/Tiles.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::map;

namespace {

/// A PNG as far as its size is told, with a letter behind to tell it by.
std::string png(int side, char letter = 'x') {
    std::string bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    for (int twice = 0; twice < 2; ++twice)
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(side >> shift & 0xFF);
    return bytes + std::string("\x08\x06\0\0\0", 5) + letter;
}

std::string jpeg(int side) {
    std::string bytes(
        "\xFF\xD8\xFF\xE0\0\x04"
        "ab"
        "\xFF\xC0\0\x11\x08",
        13);
    for (int twice = 0; twice < 2; ++twice)
        bytes += {static_cast<char>(side >> 8), static_cast<char>(side & 0xFF)};
    return bytes + "\x03";
}

struct Maker {
    test::TempDir dir;

    explicit Maker(const std::string& format = "png") {
        exec(
            "CREATE TABLE metadata(name text, value text);"
            "CREATE TABLE tiles(zoom_level integer, tile_column integer, tile_row integer, tile_data blob);"
            "CREATE UNIQUE INDEX tile_index ON tiles(zoom_level, tile_column, tile_row)");
        tell("format", format);
        tell("minzoom", "14");
        tell("maxzoom", "16");
    }
    std::filesystem::path path() const { return dir / "a b?.mbtiles"; }
    void exec(const std::string& sql) const {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    }
    void tell(const std::string& name, const std::string& value) const {
        exec("DELETE FROM metadata WHERE name = '" + name + "'; INSERT INTO metadata VALUES('" + name +
             "', '" + value + "')");
    }
    void put(int zoom, int column, int row, const std::string& bytes) const {
        SQLite::Database db(path().string(), SQLite::OPEN_READWRITE);
        SQLite::Statement insert(db, "INSERT INTO tiles VALUES(?, ?, ?, ?)");
        insert.bind(1, zoom);
        insert.bind(2, column);
        insert.bind(3, row);
        insert.bind(4, bytes.data(), static_cast<int>(bytes.size()));
        insert.exec();
    }
    Tiles open() const { return Tiles::open(path()).value(); }
    std::string refusal() const {
        const auto opened = Tiles::open(path());
        REQUIRE_FALSE(opened);
        CHECK(opened.error().kind == base::ProblemKind::Malformed);
        return std::string(opened.error().fact("detail"));
    }
};

}  // namespace

TEST_CASE("a tile is found by its place, rows counted from the north") {
    const Maker maker;
    maker.put(14, 13047, 8686, png(256, 'a'));  // MBTiles counts from the south: 2^14 − 1 − 7697
    maker.put(15, 26095, 17373, png(512, 'b'));
    maker.tell("bounds", "106.6, 10.7,106.8,10.9");
    maker.tell("attribution", "<a href=\"https://example.vn\">&copy; Sở mẫu &amp; ai đó</a>");
    const auto tiles = maker.open();
    CHECK(tiles.tile({14, 13047, 7697}) == png(256, 'a'));
    CHECK(tiles.tile({15, 26095, 15394}) == png(512, 'b'));
    CHECK_FALSE(tiles.tile({14, 13047, 8686}));
    CHECK_FALSE(tiles.tile({15, 0, 0}));
    CHECK_FALSE(tiles.tile({13, 13047, 7697}));
    CHECK_FALSE(tiles.tile({99, 0, 0}));
    CHECK(tiles.bounds() == Box{10.7, 106.6, 10.9, 106.8});
    CHECK(tiles.leastZoom() == 14);
    CHECK(tiles.mostZoom() == 16);
    CHECK(tiles.attribution() == "© Sở mẫu & ai đó");
}

TEST_CASE("what is no square picture of a tile's size is no tile") {
    const Maker maker("jpg");
    int column = 0;
    for (const auto& bytes :
         {jpeg(256), png(256), jpeg(512), jpeg(257), png(65536), std::string("GIF89a"), std::string(),
          std::string("\xFF\xD8\xFF\xE0\0\0", 6), png(256) + std::string(Tiles::kMaxTile, 'x')})
        maker.put(15, column++, 0, bytes);
    const auto tiles = maker.open();
    for (int at = 0; at < column; ++at) CHECK(tiles.tile({15, at, 32767}).has_value() == (at < 3));
    CHECK(pictureSize(jpeg(300)) == PictureSize{300, 300});
    CHECK_FALSE(pictureSize(""));
    const auto scanned = [](int scans) {
        auto bytes = jpeg(256);
        for (int at = 0; at < scans; ++at) bytes += "\xFF\xDA";
        return pictureSize(bytes).has_value();
    };
    CHECK(scanned(64));
    CHECK_FALSE(scanned(65));
    for (std::size_t cut = 0; cut < jpeg(9).size() - 1; ++cut)
        CHECK_FALSE(pictureSize(jpeg(9).substr(0, cut)));
}

TEST_CASE("a value longer than any of a map's is not read") {
    const Maker maker;
    maker.exec("INSERT INTO metadata VALUES('attribution', zeroblob(17 << 20))");
    CHECK(maker.refusal() == "sqlite");
}

TEST_CASE("zooms that nobody told are looked up") {
    const Maker maker;
    maker.put(12, 0, 0, png(256));
    maker.put(17, 0, 0, png(256));
    maker.exec("DELETE FROM metadata WHERE name LIKE '%zoom'");
    CHECK(maker.open().leastZoom() == 12);
    CHECK(maker.open().mostZoom() == 17);
    maker.exec("DELETE FROM tiles");
    CHECK(maker.refusal() == "zoom");
}

TEST_CASE("a file that is no raster MBTiles is refused") {
    CHECK(Tiles::open("/nowhere/a.mbtiles").error().kind == base::ProblemKind::FileMissing);
    CHECK(Maker("pbf").refusal() == "format");
    const auto with = [](const char* name, const char* value) {
        const Maker maker;
        maker.tell(name, value);
        return maker.refusal();
    };
    for (const char* zoom : {"-1", "25", "x", ""}) CHECK(with("maxzoom", zoom) == "zoom");
    CHECK(with("minzoom", "17") == "zoom");
    for (const char* bounds :
         {"1,2,3", "106.8,10.7,106.6,10.9", "1,2,3,4,5", "a,b,c,d", "0,0,181,1", "nan,0,1,1"})
        CHECK(with("bounds", bounds) == "bounds");
    const Maker none;
    none.exec("DROP TABLE metadata");
    CHECK(none.refusal() == "sqlite");
    std::ofstream(none.path(), std::ios::trunc) << "no database at all, but long enough to look like one";
    CHECK(none.refusal() == "sqlite");
}

TEST_CASE("tiles may be a view, and one that counts for ever ends") {
    const Maker maker;
    maker.exec("ALTER TABLE tiles RENAME TO images; CREATE VIEW tiles AS SELECT * FROM images");
    SQLite::Database(maker.path().string(), SQLite::OPEN_READWRITE)
        .exec("INSERT INTO images VALUES(15, 1, 1, x'00')");
    CHECK_FALSE(maker.open().tile({15, 1, 32766}));
    maker.exec(
        "DROP VIEW tiles; CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
        "n) "
        "SELECT 15 AS zoom_level, i AS tile_column, -1 AS tile_row, x'00' AS tile_data FROM n");
    CHECK_FALSE(maker.open().tile({15, 1, 1}));
}
