#include "publish/SketchSource.h"

#include <catch2/catch.hpp>

#include "base/Files.h"

using namespace tram;
using namespace tram::publish;

namespace {

std::string feature(const std::string& ground, const std::string& type, const std::string& coordinates) {
    return R"({"type": "Feature", "properties": {"ground": ")" + ground + R"("}, "geometry": {"type": ")" +
           type + R"(", "coordinates": )" + coordinates + "}}";
}

std::string collection(const std::string& features) {
    return R"({"type": "FeatureCollection", "note": {"vi": "Sơ đồ", "en": "A sketch"}, "features": [)" +
           features + "]}";
}

std::string told(const std::string& text) {
    Faults faults;
    CHECK_FALSE(readSketch(text, "f", faults));
    REQUIRE_FALSE(faults.empty());
    return std::to_string(faults[0].number) + ' ' + faults[0].column + ' ' + faults[0].expected;
}

const std::string kLine = "[[106.6,10.7],[106.7,10.8]]",
                  kRing = "[[106.6,10.7],[106.7,10.7],[106.7,10.8],[106.6,10.7]]";

}  // namespace

TEST_CASE("lines and areas become a sketch") {
    Faults faults;
    const auto sketch =
        readSketch(collection(feature("street", "LineString", kLine) + "," +
                              feature("lane", "MultiLineString", "[" + kLine + "," + kLine + "]") + "," +
                              feature("water", "MultiPolygon", "[[" + kRing + "],[" + kRing + "]]")),
                   "f", faults);
    CHECK(faults.empty());
    REQUIRE(sketch);
    REQUIRE(sketch->shapes().size() == 4);
    CHECK(sketch->shapes()[0].ground == map::Ground::Water);
    CHECK(sketch->shapes()[2].parts.size() == 2);
    CHECK(sketch->note().in("en") == "A sketch");
}

TEST_CASE("what is no sketch is told by feature") {
    CHECK(told("[]") == "0  geojson");
    CHECK(told(R"({"type": "FeatureCollection", "features": []})") == "0 note required");
    CHECK(told(R"({"type": "FeatureCollection", "note": {"vi": "Sơ đồ"}, "features": []})") ==
          "0 note.en required");
    CHECK(told(collection("5")) == "1  feature");
    CHECK(told(collection(feature("sea", "LineString", kLine))) == "1 ground ground");
    CHECK(told(collection(feature("street", "Polygon", "[" + kRing + "]"))) == "1 geometry line");
    CHECK(told(collection(feature("park", "LineString", kLine))) == "1 geometry area");
    CHECK(told(collection(feature("street", "LineString", "[[106.6,10.7]]"))) == "1 geometry line");
    CHECK(told(collection(feature("street", "LineString", "[[10.7,106.6],[10.8,106.7]]"))) ==
          "1 geometry coordinates_swapped");
    CHECK(told(collection(feature("street", "LineString", "[[0,0],[1,1]]"))) == "1 geometry in_vietnam");
    CHECK(told(collection(
              feature("park", "Polygon", "[[[106.6,10.7],[106.7,10.7],[106.7,10.8],[106.6,10.75]]]"))) ==
          "1 geometry.coordinates[0] ring_open");
}

TEST_CASE("the pretend city's sketch is one") {
    Faults faults;
    const auto sketch =
        readSketch(base::readFile(TRAM_SOURCE_DIR "/resources/demo/map/centre.geojson").value(), "f", faults);
    CHECK(faults.empty());
    REQUIRE(sketch);
    CHECK(sketch->shapes().size() > 40);
    CHECK(map::Sketch::parse(sketch->toBytes()));
}
