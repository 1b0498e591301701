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

TEST_CASE("who scrolls on while a field above has the focus gets to the end, and stays there") {
    Stand stand;
    const auto typed = std::make_shared<TextEdit>(TextEdit::Options{});
    Views rows{textField({.id = "field", .model = typed, .spoken = "Tìm"})};
    for (int i = 0; i < 24; ++i)
        rows.push_back(listRow({.id = "row." + std::to_string(i),
                                .title = i % 3 == 0 ? "Phường\nXã" : "Phường " + std::to_string(i),
                                .onPress = [] {}}));
    const auto list = column(std::move(rows), {.gap = 16});
    const auto tree = [&] {
        return column({sized(scroll("list", list, {.before = "Trước", .after = "Sau", .whole = true}),
                             {.height = 640})});
    };
    stand.surface().show(tree());
    stand.surface().focus("field", false);
    stand.settle();
    int before = 0;
    for (int page = 0; page < 12; ++page) {
        const auto view = stand.surface().find("list");
        if (view->scrollOffset() == view->scrollRange()) break;
        stand.tap("list.after");
        stand.surface().show(tree());  // as a page that is drawn anew
        stand.settle();
        INFO(page);
        CHECK(stand.surface().find("list")->scrollOffset() > before);
        before = stand.surface().find("list")->scrollOffset();
    }
    CHECK(before == stand.surface().find("list")->scrollRange());
    CHECK(before > 0);
    stand.key('a');
    CHECK(stand.until(
        [&] { return stand.surface().find("list")->scrollOffset() == 0; }));  // what is typed is seen
}

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
