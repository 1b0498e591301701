#include <SQLiteCpp/SQLiteCpp.h>
#include <wx/mstream.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

TEST_CASE("a map goes along with a finger, comes to a tap, and its markers are pressed where they stand") {
    Stand stand;
    const tram::map::Point home{10.77, 106.68};
    const auto look = std::make_shared<MapLook>(home, tram::map::Box{10, 106, 11, 107});
    std::string pressed;
    std::optional<tram::map::Point> tapped;
    const auto show = [&] {
        stand.surface().show(
            column({sized(mapView({.id = "map",
                                   .look = look,
                                   .here = home,
                                   .markers = {{.id = "one",
                                                .place = {10.771, 106.681},
                                                .number = "1",
                                                .spoken = "1. A",
                                                .onPress = [&] { pressed = "one"; }},
                                               {.id = "far",
                                                .place = {10.9, 106.9},
                                                .number = "2",
                                                .spoken = "2. B",
                                                .onPress = [&] { pressed = "far"; }}},
                                   .height = 900,
                                   .spoken = "Map",
                                   .onTap = [&](const tram::map::Point& at) { tapped = at; }}),
                          {.height = 900})}));
        stand.settle();
    };
    show();
    const auto before = look->view().centre();
    CHECK(before.latitude == Approx(home.latitude).margin(1e-6));
    CHECK(stand.surface().seen("one").width > 0);
    CHECK(stand.surface().find("far")->rect().IsEmpty());  // out of sight is nowhere
    stand.tap("one");
    CHECK(pressed == "one");

    const auto marker = stand.surface().centreOf("one");
    const wxPoint empty(marker.x, marker.y + 300);
    stand.press(empty);
    stand.moveTo(empty + wxPoint(-120, 80));
    stand.release();
    stand.settle();
    CHECK_FALSE(tapped);  // it was pulled
    CHECK(stand.surface().centreOf("one") == marker + wxPoint(-120, 80));
    CHECK(look->view().centre().longitude > before.longitude);

    stand.press(empty);
    stand.release();
    REQUIRE(tapped);
    look->centreOn(*tapped);
    show();
    CHECK(look->view().centre().longitude == Approx(tapped->longitude).margin(1e-6));

    REQUIRE(stand.surface().focus("map"));
    const auto closer = look->view().zoom() + 1;
    stand.key('+', wxMOD_SHIFT);
    stand.until([&] { return look->view().zoom() == closer; });
    CHECK(look->view().zoom() == closer);
    const auto west = look->view().centre().longitude;
    stand.key(WXK_LEFT);
    CHECK(stand.until([&] { return look->view().centre().longitude < west; }));
}

TEST_CASE("a map shows what is to be seen in what is free, and stays within its bounds") {
    MapLook look({10.77, 106.68}, tram::map::Box{10.7, 106.6, 10.8, 106.7});
    look.show({10.76, 106.66, 10.78, 106.68});
    look.placed({1000, 800}, {{0, 0}, {1000, 400}});
    for (const auto& corner : {tram::map::Point{10.76, 106.66}, tram::map::Point{10.78, 106.68}})
        CHECK(look.sees(corner));
    const auto zoom = look.view().zoom();
    look.zoom(1);
    CHECK(look.view().zoom() == zoom + 1);
    look.moveBy({-1e7, 0});
    CHECK(look.view().centre().longitude == Approx(106.7).margin(1e-9));
    look.show({10.77, 106.68, 10.77, 106.68});
    look.placed({1000, 800}, {{0, 0}, {1000, 800}});
    CHECK(look.view().zoom() == MapLook::kClosestShown);
}

TEST_CASE("what was chosen stays in sight, however close the map comes and whatever comes to lie over it") {
    const tram::map::Point chosen{10.774, 106.684};
    MapLook look({10.77, 106.68}, std::nullopt);
    look.show({10.766, 106.676, 10.774, 106.684});
    look.keep(chosen);
    const tram::map::Size size{1000, 800};
    look.placed(size, {{0, 0}, {1000, 800}});
    while (!look.closest()) {
        look.zoom(1);
        CHECK(look.sees(chosen));
    }
    look.placed(size, {{0, 0}, {1000, 800}});
    const auto left = look.view().toPixel(chosen);
    look.placed(size, {{0, left.y + 20}, {1000, left.y + 200}});  // a layer's names above, a card below
    CHECK(look.sees(chosen));

    look.moveBy({0, 5000});  // whoever pulls it away wants to see something else
    CHECK_FALSE(look.sees(chosen));
    look.zoom(-1);
    CHECK_FALSE(look.sees(chosen));
}

TEST_CASE("areas lie on the map in their colour, what comes and goes in stripes") {
    Stand stand;
    const tram::map::Point home{10.77, 106.68};
    const auto looks = [&](bool striped) {
        const tram::pack::Ring ring{
            {10.76, 106.67}, {10.76, 106.69}, {10.78, 106.69}, {10.78, 106.67}, {10.76, 106.67}};
        MapArea area{.id = "a",
                     .name = "",
                     .area = {{{{ring}}}},
                     .box = {10.76, 106.67, 10.78, 106.69},
                     .look = {TilePair::Orange, striped}};
        const auto areas = std::make_shared<const std::vector<MapArea>>(1, area);
        stand.surface().show(column({sized(mapView({.id = "map",
                                                    .look = std::make_shared<MapLook>(home, std::nullopt),
                                                    .areas = areas,
                                                    .height = 900,
                                                    .spoken = "Map"}),
                                           {.height = 900})}));
        stand.settle();
        const auto place = stand.surface().find("map")->rect();
        const auto picture = stand.surface().picture().ConvertToImage();
        std::set<unsigned> colours;
        for (int x = 0; x < 60; ++x) {
            const int at = place.x + place.width / 2 + x, y = place.y + place.height / 2;
            colours.insert(picture.GetRed(at, y) << 16 | picture.GetGreen(at, y) << 8 |
                           picture.GetBlue(at, y));
        }
        return colours.size();
    };
    CHECK(looks(false) == 1);
    CHECK(looks(true) > 1);
}

TEST_CASE("an operator's tiles are on the map, and no wider view is offered than they are good for") {
    wxInitAllImageHandlers();
    wxImage blue(256, 256);
    blue.SetRGB(wxRect(0, 0, 256, 256), 10, 60, 200);
    wxMemoryOutputStream stream;
    REQUIRE(blue.SaveFile(stream, wxBITMAP_TYPE_PNG));
    std::string bytes(stream.GetSize(), '\0');
    stream.CopyTo(bytes.data(), bytes.size());
    std::string name = (std::filesystem::temp_directory_path() / "mapXXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    const std::filesystem::path dir(name);
    const tram::map::Point home{10.77, 106.68};
    {
        SQLite::Database db((dir / "city.mbtiles").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec(
            "CREATE TABLE metadata (name text, value text);"
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);"
            "INSERT INTO metadata VALUES ('name','a'),('format','png'),('minzoom','15'),('maxzoom','16')");
        for (const int zoom : {15, 16})
            for (const auto& tile : tram::map::View(home, zoom, {1600, 1600}).tiles(zoom)) {
                SQLite::Statement insert(db, "INSERT INTO tiles VALUES (?, ?, ?, ?)");
                insert.bind(1, tile.id.zoom);
                insert.bind(2, tile.id.x);
                insert.bind(3, (1 << tile.id.zoom) - 1 - tile.id.y);
                insert.bind(4, bytes.data(), static_cast<int>(bytes.size()));
                insert.exec();
            }
    }
    const auto ground = MapGround::load(dir / "city.mbtiles");
    std::filesystem::remove_all(dir);  // what is open stays readable
    REQUIRE(ground);
    Stand stand;
    const auto look = std::make_shared<MapLook>(home, std::nullopt, (*ground)->leastZoom());
    const auto blueAt = [&] {
        stand.surface().show(column(
            {sized(mapView({.id = "map", .ground = *ground, .look = look, .height = 900, .spoken = "Map"}),
                   {.height = 900})}));
        stand.settle();
        const auto place = stand.surface().find("map")->rect();
        const auto picture = stand.surface().picture().ConvertToImage();
        return static_cast<int>(picture.GetBlue(place.x + place.width / 2, place.y + place.height / 2));
    };
    CHECK(blueAt() == 200);
    look->zoom(1);  // beyond the closest tiles: the same ones, larger
    CHECK(blueAt() == 200);
    look->zoom(-10);
    CHECK(look->view().zoom() == 14);
    CHECK(look->widest());
    CHECK(blueAt() == 200);
}
