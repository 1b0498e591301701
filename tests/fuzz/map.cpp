// Maps from files: the sketch, an operator's MBTiles; and what is drawn of them.
#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>

#include "Quiet.h"
#include "Scratch.h"
#include "base/Files.h"
#include "map/Clip.h"
#include "map/Markers.h"
#include "map/Sketch.h"
#include "map/Tiles.h"
#include "publish/SketchSource.h"

using namespace tram;

namespace {

const Scratch& dir() {
    static const Scratch scratch;
    return scratch;
}

void sketch(std::string_view bytes) {
    const auto read = map::Sketch::parse(bytes);
    if (read) must(read->toBytes() == bytes, "there is one way to write a sketch");
}

void sketchSource(std::string_view json) {
    publish::Faults faults;
    const auto read = publish::readSketch(json, "f", faults);
    must(read.has_value() == faults.empty(), "a refusal is told");
    if (read) must(map::Sketch::parse(read->toBytes()).has_value(), "what was made can be read");
}

std::string soundTiles() {
    const auto file = dir().path() / "sound.mbtiles";
    {
        SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec(
            "PRAGMA page_size = 512; CREATE TABLE metadata(name text, value text);"
            "CREATE TABLE tiles(zoom_level integer, tile_column integer, tile_row integer, tile_data blob);"
            "INSERT INTO metadata VALUES('format', 'png'), ('bounds', '106,10,107,11'), ('attribution', 'x');"
            "INSERT INTO tiles VALUES(1, 0, 0, x'89504E470D0A1A0A0000000D494844520000010000000100')");
    }
    return base::readFile(file).value();
}

void tiles(Input& input) {
    static const auto sound = soundTiles();
    const auto opened = map::Tiles::open(dir().write("fuzzed.mbtiles", damaged(sound, input)));
    if (!opened) return;
    must(opened->leastZoom() <= opened->mostZoom(), "zooms are in order");
    if (const auto tile = opened->tile({1, 0, 1}))
        must(map::pictureSize(*tile).has_value() && tile->size() <= map::Tiles::kMaxTile,
             "a tile is a picture");
}

double coordinate(Input& input) {
    return static_cast<double>(static_cast<std::int16_t>(input.number(2)));
}

void drawing(Input& input) {
    map::Path path;
    for (int most = 40; most > 0 && !input.empty(); --most) {
        const double x = coordinate(input);
        path.push_back({x, coordinate(input)});
    }
    const map::Frame frame{{-100, -50}, {700, 400}};
    const auto inside = [&](const map::Pixel& at) {
        return at.x > frame.from.x - 1e-6 && at.x < frame.to.x + 1e-6 && at.y > frame.from.y - 1e-6 &&
               at.y < frame.to.y + 1e-6;
    };
    for (const auto& piece : map::clipLine(path, frame))
        for (const auto& at : piece) must(inside(at), "a clipped line is in the frame");
    for (const auto& at : map::clipRing(path, frame)) must(inside(at), "a clipped ring is in the frame");
    const auto markers = map::placeMarkers(path, 30, frame);
    for (std::size_t one = 0; one < markers.size(); ++one)
        for (std::size_t other = 0; other < one; ++other)
            must(!markers[one].free || !markers[other].free ||
                     std::hypot(markers[one].at.x - markers[other].at.x,
                                markers[one].at.y - markers[other].at.y) > 29,
                 "no marker covers another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(6)) {
        case 0:
            sketch(input.rest());
            break;
        case 1:
            sketchSource(input.rest());
            break;
        case 2:
            tiles(input);
            break;
        case 3:
            (void)map::pictureSize(input.rest());
            break;
        case 4:
            must(map::withoutMarkup(input.rest()).size() <= 3 * input.rest().size(), "text does not grow");
            break;
        case 5:
            drawing(input);
            break;
    }
    return 0;
}
