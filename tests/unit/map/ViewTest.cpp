#include "map/View.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "map/Clip.h"
#include "map/Markers.h"

using namespace tram::map;

namespace {

const Point kKiosk{10.7702, 106.6815};
const Size kSize{800, 600};

void near(const Pixel& a, const Pixel& b) {
    CHECK(a.x == Approx(b.x).margin(1e-6));
    CHECK(a.y == Approx(b.y).margin(1e-6));
}

}  // namespace

TEST_CASE("a place is where Web Mercator has it") {
    // By OpenStreetMap's formula for tile numbers, at zoom 15.
    const View view({10.7769, 106.7009}, 15, {256, 256});
    const auto tiles = view.tiles(15);
    REQUIRE(tiles.size() == 4);
    CHECK(tiles[0].id == TileId{15, 26095, 15396});
    CHECK(tiles[3].id == TileId{15, 26096, 15397});  // the centre is in it
    CHECK(View(kKiosk, 16, kSize).metresPerPixel() == Approx(2.3466).epsilon(1e-4));
    near(View(kKiosk, 16, kSize).toPixel(kKiosk), {400, 300});
    const auto north = View(kKiosk, 16, kSize).toPixel({kKiosk.latitude + 0.001, kKiosk.longitude});
    CHECK(300 - north.y == Approx(111.19 / 2.3466).epsilon(0.01));
    CHECK(north.x == Approx(400));
}

TEST_CASE("pixels lead back to the place") {
    for (const int zoom : {9, 13, 19}) {
        const View view(kKiosk, zoom, kSize);
        for (const Pixel at : {Pixel{0, 0}, Pixel{800, 600}, Pixel{-300, 1234.5}})
            near(view.toPixel(view.toPoint(at)), at);
        CHECK(view.box().contains(kKiosk));
        near(view.toPixel({view.box().north, view.box().west}), {0, 0});
    }
}

TEST_CASE("zooming keeps what is under the finger, within its bounds") {
    const View view(kKiosk, 15, kSize);
    const Pixel finger{120, 480};
    for (const int steps : {1, 3, -2}) {
        const auto closer = view.zoomed(steps, finger);
        CHECK(closer.zoom() == 15 + steps);
        near(closer.toPixel(view.toPoint(finger)), finger);
    }
    CHECK(view.zoomed(2).centre() == kKiosk);
    CHECK(view.zoomed(99).zoom() == View::kMostZoom);
    CHECK(view.zoomed(99).closest());
    CHECK(view.zoomed(-99, finger).widest());
    near(view.zoomed(99, finger).toPixel(view.toPoint(finger)), finger);
}

TEST_CASE("moving pulls the map along, and it is kept where it belongs") {
    const View view(kKiosk, 15, kSize);
    const auto moved = view.moved({50, -30});
    near(moved.toPixel(kKiosk), {450, 270});
    const Box city{10.7, 106.6, 10.9, 106.9};
    CHECK(view.keptIn(city).centre() == kKiosk);
    const auto kept = View({20, 100}, 15, kSize).keptIn(city);
    CHECK(kept.centre() == Point{10.9, 106.6});
    CHECK(view.resized({0, -5}).size() == Size{1, 1});
}

TEST_CASE("a view shows a whole box as closely as it can") {
    const Box box{10.765, 106.675, 10.785, 106.705};
    const auto view = View::showing(box, kSize, 20);
    const auto a = view.toPixel({box.north, box.west}), b = view.toPixel({box.south, box.east});
    CHECK((a.x >= 20 && a.y >= 20 && b.x <= 780 && b.y <= 580));
    const auto closer = view.zoomed(1);
    CHECK(closer.toPixel({box.north, box.east}).x - closer.toPixel({box.north, box.west}).x > 760);
    CHECK(View::showing({8, 102, 23, 110}, kSize, 0).widest());
    CHECK(View::showing({10, 106, 10, 106}, kSize, 0).closest());
}

TEST_CASE("tiles cover the view, also when the map has only other zooms") {
    const View view(kKiosk, 17, kSize);
    for (const int zoom : {17, 15, 18}) {
        const auto tiles = view.tiles(zoom);
        const double side = 256 * std::pow(2, 17 - zoom);
        double covered = 0;
        for (const auto& tile : tiles) {
            CHECK(tile.side == side);
            near(view.toPixel(View(kKiosk, 17, kSize).toPoint(tile.corner)), tile.corner);
            covered += std::max(0.0, std::min(800.0, tile.corner.x + side) - std::max(0.0, tile.corner.x)) *
                       std::max(0.0, std::min(600.0, tile.corner.y + side) - std::max(0.0, tile.corner.y));
        }
        CHECK(covered == Approx(800.0 * 600));
    }
    CHECK(view.tiles(-3).size() == 1);
    CHECK(View({85, 179.99}, 9, kSize).tiles(9).back().id.x == 511);  // the world ends there
}

TEST_CASE("a scale bar is a round length that fits") {
    const View view(kKiosk, 16, kSize);
    const auto bar = view.scaleBar(200);
    CHECK(bar.metres == 200);
    CHECK(bar.pixels == Approx(200 / 2.3466).epsilon(1e-3));
    CHECK(view.zoomed(-7).scaleBar(200).metres == 50'000);
    CHECK(view.zoomed(3).scaleBar(100).metres == 20);
}

TEST_CASE("a line is cut at the frame, in pieces") {
    const Frame frame{{0, 0}, {100, 100}};
    CHECK(clipLine({{10, 10}, {90, 90}}, frame) == std::vector<Path>{{{10, 10}, {90, 90}}});
    CHECK(clipLine({{-50, 50}, {150, 50}}, frame) == std::vector<Path>{{{0, 50}, {100, 50}}});
    CHECK(clipLine({{50, 50}, {50, 150}, {80, 150}, {80, 50}}, frame) ==
          std::vector<Path>{{{50, 50}, {50, 100}}, {{80, 100}, {80, 50}}});
    CHECK(clipLine({{10, 10}, {20, 20}, {30, 10}}, frame).size() == 1);
    CHECK(clipLine({{-10, 5}, {5, -10}}, frame).empty());
    CHECK(clipLine({{-10, 0}, {-10, 100}}, frame).empty());
    CHECK(clipLine({{5, 5}}, frame).empty());
    CHECK(clipLine({{200, 200}, {1e9, 1e9}}, frame).empty());
}

TEST_CASE("a ring is cut at the frame") {
    const Frame frame{{0, 0}, {100, 100}};
    const Path inside = {{10, 10}, {90, 10}, {50, 90}};
    CHECK(clipRing(inside, frame) == inside);
    CHECK(clipRing({{-100, -100}, {200, -100}, {200, 200}, {-100, 200}}, frame).size() == 4);
    CHECK(clipRing({{200, 200}, {300, 200}, {300, 300}}, frame).empty());
    for (const auto& at : clipRing({{50, -50}, {150, 50}, {50, 150}, {-50, 50}}, frame))
        CHECK((at.x >= 0 && at.x <= 100 && at.y >= 0 && at.y <= 100));
    CHECK(clipRing({}, frame).empty());
}

TEST_CASE("points that nobody could see are left out") {
    CHECK(thinned({{0, 0}, {0.5, 0}, {1, 0}, {5, 0}, {5.2, 0}}, 1) == Path{{0, 0}, {1, 0}, {5, 0}, {5.2, 0}});
    CHECK(thinned({}, 1).empty());
}

TEST_CASE("markers do not cover one another, and the first stay where they belong") {
    const Frame frame{{0, 0}, {400, 300}};
    std::vector<Pixel> places(12, Pixel{200, 150});
    places.push_back({2, 2});      // at the edge
    places.push_back({380, 280});  // alone
    const auto markers = placeMarkers(places, 32, frame);
    REQUIRE(markers.size() == places.size());
    CHECK(markers[0].at == Pixel{200, 150});
    CHECK(markers[13].at == places[13]);
    for (std::size_t one = 0; one < markers.size(); ++one) {
        CHECK(markers[one].free);
        CHECK(markers[one].place == places[one]);
        CHECK((markers[one].at.x >= 16 && markers[one].at.y >= 16));
        CHECK(std::hypot(markers[one].at.x - places[one].x, markers[one].at.y - places[one].y) < 80);
        for (std::size_t other = 0; other < one; ++other)
            CHECK(std::hypot(markers[one].at.x - markers[other].at.x,
                             markers[one].at.y - markers[other].at.y) >= 31.9);
    }
    CHECK(placeMarkers(places, 32, frame)[7].at == markers[7].at);
    const auto crowd = placeMarkers(std::vector<Pixel>(200, Pixel{200, 150}), 32, frame);
    CHECK_FALSE(crowd.back().free);
    CHECK(crowd.back().at == Pixel{200, 150});
}
