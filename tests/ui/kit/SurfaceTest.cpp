#include <SQLiteCpp/SQLiteCpp.h>
#include <wx/mstream.h>
#include <wx/uiaction.h>

#include <cstdlib>
#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/ui/kit/Pages.h"
#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

namespace {

ViewRef knob(std::string id, Action press) {
    return button({.id = id, .label = id, .onPress = std::move(press)});
}

ViewRef longList(int count, const std::function<void(int)>& pressed) {
    Views rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(listRow({.id = "row." + std::to_string(i),
                                .title = "Phường " + std::to_string(i),
                                .onPress = [=] { pressed(i); }}));
    return grow(scroll("list", column(std::move(rows), {.gap = 16}), {"Trước", "Sau"}));
}

}  // namespace

TEST_CASE("a rolling finger taps, a finger that leaves does not") {  // UI.md, tap tolerance
    Stand stand;
    int pressed = 0;
    stand.surface().show(column({knob("go", [&] { ++pressed; }), knob("other", [] {})}));
    stand.settle();
    const auto centre = stand.surface().centreOf("go");

    stand.press(centre);
    CHECK(stand.surface().find("go")->pressed);
    stand.moveTo(centre + wxPoint(40, 18));  // 15 mm aside
    stand.release();
    CHECK(pressed == 1);

    stand.press(centre);
    stand.moveTo(stand.surface().centreOf("other"));
    CHECK_FALSE(stand.surface().find("go")->pressed);
    stand.release();
    CHECK(pressed == 1);

    stand.press(centre);
    stand.moveTo(stand.surface().centreOf("other"));
    stand.moveTo(centre);  // comes back before it lifts
    stand.release();
    CHECK(pressed == 2);
}

TEST_CASE("two quick taps are two taps, the right button is none") {
    Stand stand;
    int pressed = 0;
    stand.surface().show(column({knob("go", [&] { ++pressed; })}));
    stand.settle();
    stand.tap("go");
    stand.tap("go");
    CHECK(pressed == 2);
    wxUIActionSimulator().MouseClick(wxMOUSE_BTN_RIGHT);
    stand.settle();
    CHECK(pressed == 2);
    CHECK(wxTopLevelWindows.GetCount() == 1);
}

TEST_CASE("a press survives a new tree, and goes with its view") {
    Stand stand;
    int pressed = 0;
    const auto tree = [&] { return column({knob("go", [&] { ++pressed; })}); };
    stand.surface().show(tree());
    stand.settle();
    stand.press(stand.surface().centreOf("go"));
    stand.surface().show(tree());
    CHECK(stand.until([&] {
        stand.surface().describe();
        return stand.surface().find("go")->pressed;
    }));
    stand.release();
    CHECK(pressed == 1);
    stand.press(stand.surface().centreOf("go"));
    stand.surface().show(column({knob("new", [&] { pressed = 99; })}));
    stand.release();
    CHECK(pressed == 1);
}

TEST_CASE("a finger lifted between a new tree and its paint still presses") {
    Stand stand;
    int pressed = 0;
    const auto tree = [&] { return column({knob("go", [&] { ++pressed; })}); };
    stand.surface().show(tree());
    stand.settle();
    const auto screen = stand.surface().centreOf("go");
    stand.press(screen);
    stand.surface().show(tree());  // e.g. the clock in the status bar went on
    wxMouseEvent lift(wxEVT_LEFT_UP);
    lift.SetPosition(stand.surface().ScreenToClient(screen));
    stand.surface().ProcessWindowEvent(lift);
    CHECK(pressed == 1);
    stand.release();
    CHECK(pressed == 1);
}

TEST_CASE("a disabled button does nothing and can not be reached by Tab") {
    Stand stand;
    bool pressed = false;
    stand.surface().show(
        column({button({.id = "off", .label = "Tắt", .enabled = false, .onPress = [&] { pressed = true; }}),
                knob("on", [] {})}));
    stand.settle();
    stand.tap("off");
    CHECK_FALSE(pressed);
    stand.key(WXK_TAB);
    CHECK(stand.surface().focused() == "on");
}

TEST_CASE("Tab goes in reading order and around, Shift+Tab back, Enter and Space press") {  // STANDARDS 18
    Stand stand;
    std::string log;
    stand.surface().show(column({row({knob("a", [&] { log += 'a'; }), knob("b", [&] { log += 'b'; })}),
                                 knob("c", [&] { log += 'c'; })}));
    stand.settle();
    for (const std::string expected : {"a", "b", "c", "a"}) {
        stand.key(WXK_TAB);
        CHECK(stand.surface().focused() == expected);
    }
    stand.key(WXK_TAB, wxMOD_SHIFT);
    CHECK(stand.surface().focused() == "c");
    stand.key(WXK_RETURN);
    stand.key(WXK_SPACE);
    CHECK(log == "cc");
}

TEST_CASE("the ring shows after keys only, outside the shape, and the focused view is in sight") {
    Stand stand({800, 700});
    stand.surface().show(column({longList(30, [](int) {})}));
    stand.settle();
    for (int i = 0; i < 14; ++i) stand.key(WXK_TAB);
    REQUIRE(stand.surface().focused() == "row.13");
    const auto at = stand.surface().centreOf("row.13");
    CHECK(at.y > 0);
    const auto rect = stand.surface().find("row.13")->rect();
    const auto image = stand.surface().picture().ConvertToImage();
    const int x = rect.x + rect.width / 2, y = rect.y - stand.surface().theme().length(Length::FocusGap) - 2;
    const auto focus = stand.surface().theme().colour(Colour::Focus);
    CHECK(wxColour(image.GetRed(x, y), image.GetGreen(x, y), image.GetBlue(x, y)) == focus);
    stand.press(stand.surface().ClientToScreen(wxPoint(2, 2)));
    stand.release();
    const auto after = stand.surface().picture().ConvertToImage();
    CHECK(wxColour(after.GetRed(x, y), after.GetGreen(x, y), after.GetBlue(x, y)) != focus);
}

TEST_CASE("a drag scrolls and presses nothing, small movement still presses") {
    Stand stand({800, 700});
    int pressed = -1;
    stand.surface().show(column({longList(30, [&](int i) { pressed = i; })}));
    stand.settle();
    const auto start = stand.surface().centreOf("row.2");
    const int slop = stand.surface().theme().dragSlop();
    stand.press(start);
    stand.moveTo(start - wxPoint(0, slop - 2));
    stand.release();
    CHECK(pressed == 2);
    pressed = -1;
    stand.press(start);
    stand.moveTo(start - wxPoint(0, slop + 1));
    stand.moveTo(start - wxPoint(0, 150));
    stand.release();
    CHECK(pressed == -1);
    CHECK(stand.surface().find("list")->scrollOffset() == 150);
}

TEST_CASE("another page begins at its top, what lay over a page leaves it where it was") {
    Stand stand({800, 700});
    const auto tree = [] { return column({longList(30, [](int) {})}); };
    stand.surface().show(tree(), "home");
    stand.settle();
    stand.surface().find("list")->scrollTo(150);
    stand.surface().show(tree(), "home/countdown");
    stand.surface().show(tree(), "home");
    stand.settle();
    CHECK(stand.surface().find("list")->scrollOffset() == 150);
    stand.surface().show(tree(), "login_code");
    stand.settle();
    CHECK(stand.surface().find("list")->scrollOffset() == 0);
}

TEST_CASE("nothing needs a drag: big buttons, wheel and Page keys scroll too, and the place is kept") {
    Stand stand({800, 700});
    const auto tree = [] { return column({longList(30, [](int) {})}); };
    stand.surface().show(tree());
    stand.settle();
    CHECK_FALSE(stand.surface().find("list.before")->enabled);
    CHECK(stand.surface().find("list.after")->enabled);
    stand.tap("list.after");
    CHECK(stand.surface().find("list.before")->enabled);
    const int page = stand.surface().find("list")->scrollOffset();
    CHECK(page > 0);
    stand.surface().show(tree());
    CHECK(stand.surface().find("list")->scrollOffset() == page);
    stand.key(WXK_PAGEDOWN);
    CHECK(stand.surface().find("list")->scrollOffset() > page);
    stand.tap("list.before");
    stand.tap("list.before");
    CHECK(stand.surface().find("list")->scrollOffset() == 0);
    for (int i = 0; i < 40 && stand.surface().find("list.after")->enabled; ++i) stand.tap("list.after");
    CHECK_FALSE(stand.surface().find("list.after")->enabled);
    stand.key(WXK_TAB);  // goes on from the button that is dead by now, not from the top
    CHECK(stand.surface().focused() == "row.0");
    stand.key(WXK_TAB, wxMOD_SHIFT);
    CHECK(stand.surface().focused() == "list.after");  // alive again: the first row is in sight
    stand.surface().show(column({longList(2, [](int) {})}));
    CHECK_FALSE(stand.surface().find("list.after"));
}

TEST_CASE("what lies under an overlay takes neither finger nor key") {
    Stand stand;
    bool under = false, over = false;
    stand.surface().show(overlay(column({grow(knob("under", [&] { under = true; }))}),
                                 card(column({knob("stay", [&] { over = true; })}))));
    stand.settle();
    stand.press(stand.surface().ClientToScreen(wxPoint(30, 30)));
    stand.release();
    CHECK_FALSE(under);
    stand.key(WXK_TAB);
    CHECK(stand.surface().focused() == "stay");
    stand.key(WXK_TAB);
    CHECK(stand.surface().focused() == "stay");
    stand.key(WXK_RETURN);
    CHECK(over);
    for (const auto& seen : stand.surface().describe()) CHECK(seen.id != "under");
}

TEST_CASE("Escape and activity are told, unknown characters fall through, and keys can be held back") {
    Stand stand;
    int active = 0, escaped = 0;
    std::u32string fallen;
    auto& surface = stand.surface();
    surface.onActivity = [&] { ++active; };
    surface.onEscape = [&] { ++escaped; };
    surface.onChar = [&](char32_t c) { fallen += c; };
    surface.show(column({knob("go", [] {})}));
    stand.settle();
    stand.key(WXK_ESCAPE);
    stand.type("x");
    CHECK(escaped == 1);
    CHECK(fallen == U"x");
    CHECK(active >= 2);
    int held = 0;
    surface.onKeyFirst = [&](const wxKeyEvent&, Moment) { ++held; };
    stand.type("yzw");
    CHECK(held == 3);
    CHECK(surface.holdsKeys());
    CHECK(fallen == U"x");
    surface.handKeys(1);
    CHECK(fallen == U"xy");
    surface.dropKeys();
    surface.handKeys(2);
    CHECK(fallen == U"xy");
}

TEST_CASE("a chord with Super presses nothing, even when its keys are up before we come to them") {
    Stand stand;
    int pressed = 0;
    stand.surface().show(column({knob("go", [&] { ++pressed; }), knob("other", [] {})}));
    stand.settle();
    stand.key(WXK_TAB);
    REQUIRE(stand.surface().focused() == "go");
    // wx's simulator knows no Super: as GTK tells them, late, while nothing is down any more.
    const auto send = [&](wxEventType type, int code, wxUint32 raw) {
        wxKeyEvent event(type);
        event.m_keyCode = code;
        event.m_rawCode = raw;
        stand.surface().ProcessWindowEvent(event);
    };
    constexpr wxUint32 kSuper = 0xffeb;
    send(wxEVT_KEY_DOWN, 0, kSuper);
    send(wxEVT_KEY_DOWN, WXK_SPACE, ' ');
    send(wxEVT_KEY_UP, WXK_SPACE, ' ');
    send(wxEVT_KEY_DOWN, WXK_TAB, 0xff09);
    send(wxEVT_KEY_UP, WXK_TAB, 0xff09);
    send(wxEVT_KEY_UP, 0, kSuper);
    stand.settle();
    CHECK(pressed == 0);
    CHECK(stand.surface().focused() == "go");
    stand.key(WXK_SPACE);
    CHECK(pressed == 1);
}

TEST_CASE("arrow keys go through choices") {
    Stand stand;
    std::string chosen;
    Views choices;
    for (const char* id : {"one", "two", "three"})
        choices.push_back(choice({.id = id, .label = id, .onPress = [&chosen, id] { chosen = id; }}));
    stand.surface().show(column(std::move(choices)));
    stand.settle();
    stand.key(WXK_TAB);
    stand.key(WXK_DOWN);
    stand.key(WXK_SPACE);
    CHECK(chosen == "two");
    stand.key(WXK_UP);
    stand.key(WXK_UP);
    CHECK(stand.surface().focused() == "three");
}

TEST_CASE("describe tells speech what there is, in reading order") {
    Stand stand;
    stand.surface().show(column({paragraph("Gọi **112**", {.heading = true}), knob("go", [] {})}));
    const auto seen = stand.surface().describe();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].role == Role::Heading);
    CHECK(seen[0].spoken == "Gọi 112");
    stand.surface().show(
        column({check({.id = "tick", .label = "Đồng ý", .checked = true, .onPress = [] {}})}));
    CHECK(stand.surface().describe().front().selected);
    CHECK(seen[1].role == Role::Button);
    CHECK(seen[1].focusable);
}

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
