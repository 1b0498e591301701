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
    for (const char* text : {"", "[]", "{}", "nothing", R"({"type": "FeatureCollection"})",
                             R"({"type": "Feature", "features": []})", R"({"a": 1, "a": 2})"})
        CHECK(faultsOf(text) == Faults{{"f", 0, "", "geojson"}});
    CHECK(faultsOf(collection("5")) == Faults{{"f", 1, "", "feature"}});
    const auto right = feature(kPoint, R"({"id": "a"})") + ",";
    CHECK(faultsOf(collection(right + feature(kPoint, "null"))) == Faults{{"f", 2, "", "feature"}});
    for (const char* geometry :
         {R"({"type": "Polygon", "coordinates": [[[106.6, 10.7], [106.7, 10.7], [106.7, 10.8]]]})",
          R"({"type": "Point", "coordinates": [106.6]})",
          R"({"type": "Point", "coordinates": ["106.6", "10.7"]})", R"({"type": "Point"})", "5"})
        CHECK(faultsOf(collection(right + feature(geometry, "{}"))) == Faults{{"f", 2, "geometry", "point"}});
    CHECK(faultsOf(collection(feature(kPoint, R"({"id": "a", "open": true, "x": {"y": 1}, "z": [1]})"))) ==
          Faults{{"f", 1, "open", "text"}, {"f", 1, "x", "text"}, {"f", 1, "z", "text"}});
    CHECK(faultsOf(std::string((64u << 20) + 1, ' ')) == Faults{{"f", 0, "", "smaller"}});
}
