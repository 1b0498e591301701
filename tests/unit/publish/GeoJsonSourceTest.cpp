#include "publish/GeoJsonSource.h"

#include <catch2/catch.hpp>

using namespace tram::publish;

namespace {

Faults faultsOf(const std::string& text) {
    Faults faults;
    readGeoJson(text, "f", faults);
    return faults;
}

std::string collection(const std::string& features) {
    return R"({"type": "FeatureCollection", "features": [)" + features + "]}";
}

std::string feature(const std::string& geometry, const std::string& properties) {
    return R"({"type": "Feature", "geometry": )" + geometry + R"(, "properties": )" + properties + "}";
}

const std::string kPoint = R"({"type": "Point", "coordinates": [106.68, 10.77, 4]})";

}  // namespace

TEST_CASE("features become rows") {
    Faults faults;
    const auto table = readGeoJson(
        collection(
            R"({"type": "Feature", "id": 7, "geometry": null, "properties": {"title": "A", "note": null}},)" +
            feature(kPoint, R"({"id": "b", "title": "B", "papers": ["x", "y"], "pupils": 80})")),
        "f", faults);
    CHECK(faults.empty());
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].cells == std::map<std::string, std::string>{{"id", "7"}, {"title", "A"}});
    CHECK(table.rows[1].number == 2);
    CHECK(table.rows[1].at("latitude") == "10.77");
    CHECK(table.rows[1].at("longitude") == "106.68");
    CHECK(table.rows[1].at("papers") == "x\ny");
    CHECK(table.rows[1].at("pupils") == "80");
    CHECK(table.columns ==
          std::vector<std::string>{"id", "latitude", "longitude", "papers", "pupils", "title"});
}

TEST_CASE("what is no collection of points is told by feature") {
    for (const char* text :
         {"[]", "{}", R"({"type": "FeatureCollection"})", R"({"type": "Feature", "features": []})"})
        CHECK(faultsOf(text) == Faults{{"f", 0, "", "geojson"}});
    CHECK(faultsOf("") == Faults{{"f", 1, "", "json", 1}});
    CHECK(faultsOf("[\nnothing]") == Faults{{"f", 2, "", "json", 2}});
    CHECK(faultsOf(R"({"a": 1, "a": 2})") == Faults{{"f", 1, "", "json_once", 12}});
    CHECK(faultsOf(collection("5")) == Faults{{"f", 1, "", "feature"}});
    const auto right = feature(kPoint, R"({"id": "a"})") + ",";
    CHECK(faultsOf(collection(right + feature(kPoint, "null"))) == Faults{{"f", 2, "", "feature"}});
    for (const char* geometry :
         {R"({"type": "LineString", "coordinates": [[106.6, 10.7], [106.7, 10.7]]})",
          R"({"type": "Point", "coordinates": [106.6]})",
          R"({"type": "Point", "coordinates": ["106.6", "10.7"]})", R"({"type": "Point"})", "5"})
        CHECK(faultsOf(collection(right + feature(geometry, "{}"))) ==
              Faults{{"f", 2, "geometry", "geometry"}});
    CHECK(faultsOf(collection(feature(kPoint, R"({"id": "a", "open": true, "x": {"y": 1}, "z": [1]})"))) ==
          Faults{{"f", 1, "open", "text"}, {"f", 1, "x", "text"}, {"f", 1, "z", "text"}});
    CHECK(faultsOf(std::string((64u << 20) + 1, ' ')) == Faults{{"f", 0, "", "smaller"}});
}

namespace {

/// What is told of a feature with these coordinates.
Fault areaFault(const std::string& type, const std::string& coordinates) {
    const auto faults = faultsOf(
        collection(feature(R"({"type": ")" + type + R"(", "coordinates": )" + coordinates + "}", "{}")));
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].number == 1);
    return faults[0];
}

std::string polygonFault(const std::string& coordinates) {
    const auto fault = areaFault("Polygon", coordinates);
    return fault.column + " " + fault.expected;
}

const std::string kSquare = "[[106.6,10.7],[106.7,10.7],[106.7,10.8],[106.6,10.8],[106.6,10.7]]";
const std::string kHole = "[[106.64,10.74],[106.66,10.74],[106.65,10.76],[106.64,10.74]]";

}  // namespace

TEST_CASE("polygons become areas, with holes and in several parts") {
    Faults faults;
    const auto area = [&](const std::string& type, const std::string& coordinates) {
        const auto table = readGeoJson(
            collection(feature(R"({"type": ")" + type + R"(", "coordinates": )" + coordinates + "}",
                               R"({"id": "a", "latitude": "10.7", "longitude": "106.6"})")),
            "f", faults);
        REQUIRE(table.rows.size() == 1);
        CHECK(table.columns == std::vector<std::string>{"id", "latitude", "longitude"});
        return table.rows[0].area;
    };
    const auto one = area("Polygon", "[" + kSquare + "," + kHole + "]");
    REQUIRE(one.polygons.size() == 1);
    REQUIRE(one.polygons[0].rings.size() == 2);
    CHECK(one.polygons[0].rings[0][1] == tram::pack::Point{10.7, 106.7});
    CHECK(one.contains({10.72, 106.62}));
    CHECK_FALSE(one.contains({10.75, 106.65}));
    CHECK(area("MultiPolygon", "[[" + kSquare + "],[" + kHole + "]]").polygons.size() == 2);
    CHECK(faults.empty());
}

TEST_CASE("an area that is none is told by the ring or the point that is wrong") {
    CHECK(polygonFault("[" + kSquare + ",[[106.64,10.74],[106.66,10.74],[106.65,10.76],[106.64,10.75]]]") ==
          "geometry.coordinates[1] ring_open");
    CHECK(polygonFault("[[[106.6,10.7],[106.7,10.7],[106.6,10.7]]]") == "geometry.coordinates[0] ring_short");
    CHECK(polygonFault("[[[106.6,10.7],[106.7,10.7],[10.8,106.7],[106.6,10.7]]]") ==
          "geometry.coordinates[0][2] coordinates_swapped");
    CHECK(polygonFault("[[[106.6,10.7],[2.35,48.85],[106.7,10.8],[106.6,10.7]]]") ==
          "geometry.coordinates[0][1] in_vietnam");
    // A bow tie, and a hole that leaves through the wall.
    CHECK(polygonFault("[[[106.6,10.7],[106.7,10.8],[106.7,10.7],[106.6,10.8],[106.6,10.7]]]") ==
          "geometry.coordinates ring_crosses");
    CHECK(polygonFault("[" + kSquare + ",[[106.65,10.74],[106.75,10.74],[106.65,10.76],[106.65,10.74]]]") ==
          "geometry.coordinates ring_crosses");
    const auto inSecond = areaFault("MultiPolygon", "[[" + kSquare + "],[[[106.6,10.7]]]]");
    CHECK(inSecond.column + " " + inSecond.expected == "geometry.coordinates[1][0] ring_short");
    for (const char* coordinates : {"[]", "5", "[[]]", "[5]", "null", "{}"})
        CHECK(areaFault("Polygon", coordinates).expected == "area");
    CHECK(polygonFault(R"([[[106.6,10.7],["106.7",10.7],[106.7,10.8],[106.6,10.7]]])") ==
          "geometry.coordinates[0][1] area");
    CHECK(faultsOf(collection(feature(R"({"type": "Polygon"})", "{}")))[0].expected == "area");
}

TEST_CASE("an area of too many points is refused, and a large one is read at once") {
    const auto comb = [](int teeth) {
        std::string ring = "[[106.6,10.7]";
        for (int at = 0; at < teeth; ++at)
            ring += ",[" + std::to_string(106.6 + at * 1e-5) + "," + (at % 2 ? "10.71" : "10.72") + "]";
        return "[" + ring + ",[106.8,10.7],[106.6,10.7]]]";
    };
    CHECK(faultsOf(collection(feature(R"({"type": "Polygon", "coordinates": )" + comb(3'000) + "}", "{}")))
              .empty());
    CHECK(polygonFault(comb(20'000)) == "geometry.coordinates[0][10000] vertices");
    std::string rings = kSquare;
    for (int at = 0; at < 600; ++at) rings += "," + kHole;
    CHECK(polygonFault("[" + rings + "]") == "geometry.coordinates[500] vertices");
}
