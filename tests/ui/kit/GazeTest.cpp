// Whose a press is (ui/kit/Gaze.h): what was painted when the finger came down counts, and no page takes
// what was meant for the one before. "An elderly finger's rolling tap ignored" was said of kiosks in the
// field.
#include <wx/uiaction.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "tests/ui/kit/Stand.h"
#include "ui/kit/HeldKeys.h"

using namespace tram::kit;
using test::Stand;

namespace {

using std::chrono::milliseconds;

ViewRef knob(const std::string& id, Action press, const std::string& label = {}) {
    return button({.id = id, .label = label.empty() ? id : label, .onPress = std::move(press), .wide = true});
}

ViewRef high(ViewRef view) {
    return sized(std::move(view), {.minHeight = 200});
}

Moment now() {
    return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now().time_since_epoch());
}

long stampOf(Moment moment) {
    return static_cast<long>(static_cast<std::uint32_t>(moment.count()));
}

/// Pages with one button each, at the same place, and hands that say when they moved.
struct Desk {
    Stand stand;
    std::string log;

    Surface& surface() { return stand.surface(); }
    void page(const std::string& name, const std::string& id) {
        surface().show(column({high(knob(id, [this, id] { log += id + " "; }))}), name);
    }
    void shown(const std::string& name, const std::string& id) {
        page(name, id);
        ready(id);
    }
    void ready(const std::string& id) {
        REQUIRE(stand.until([&] { return surface().takesAt(surface().centreOf(id)); }));
    }
    wxPoint middle(const std::string& id) { return surface().ScreenToClient(surface().centreOf(id)); }
    void pointer(wxEventType type, wxPoint at, Moment when, bool held = true) {
        wxMouseEvent event(type);
        event.SetPosition(at);
        event.SetLeftDown(held);
        event.SetTimestamp(stampOf(when));
        surface().ProcessWindowEvent(event);
    }
    void tap(wxPoint at, Moment when) {
        pointer(wxEVT_LEFT_DOWN, at, when);
        pointer(wxEVT_LEFT_UP, at, when);
    }
    void key(wxEventType type, int code, Moment when) {
        wxKeyEvent event(type);
        event.m_keyCode = code;
        event.m_rawCode = static_cast<wxUint32>(code);
        event.SetTimestamp(stampOf(when));
        surface().ProcessWindowEvent(event);
    }
    /// The clock cannot be turned, so a test is early by saying so: times are counted from here back.
    Moment painted() { return surface().takesFrom() - Gaze::kGlance; }
};

}  // namespace

TEST_CASE("presses made while a slow handler runs do nothing to the page that it brings") {
    Desk desk;
    auto& surface = desk.surface();
    desk.shown("check", "send");
    desk.ready("send");
    wxUIActionSimulator hand;
    hand.MouseMove(surface.centreOf("send"));
    for (int i = 0; i < 3; ++i) {  // an impatient finger; nobody reads the events meanwhile
        hand.MouseDown();
        hand.MouseUp();
    }
    desk.page("receipt", "again");
    desk.stand.settle();
    CHECK(desk.log.empty());
    CHECK_FALSE(surface.find("again")->pressed);
    desk.ready("again");
    desk.stand.tap("again");
    CHECK(desk.log == "again ");
}

TEST_CASE("a page takes a press from the moment a person can have understood it") {
    Desk desk;
    desk.shown("one", "first");
    desk.shown("two", "second");
    const auto at = desk.middle("second");
    desk.tap(at, desk.painted() - milliseconds(1));
    desk.tap(at, desk.painted());
    desk.tap(at, desk.painted() + Gaze::kGlance - milliseconds(1));
    CHECK(desk.log.empty());
    desk.ready("second");
    desk.tap(at, desk.painted() + Gaze::kGlance);
    CHECK(desk.log == "second ");
}

TEST_CASE("a double tap is one press when the first has brought another page or moved the list") {
    Desk desk;
    desk.shown("check", "send");
    const auto at = desk.middle("send");
    const auto first = desk.surface().takesFrom();
    const auto echo = first + Gaze::kDoubleTap - milliseconds(1);
    desk.tap(at, first);
    desk.shown("receipt", "end");
    desk.tap(at, echo);
    CHECK(desk.log == "send ");
    const auto second = now();
    desk.tap(at, second);
    CHECK(desk.log == "send end ");

    desk.page("receipt", "row");  // what was pressed is gone, and a list's next row has moved up
    desk.stand.settle();
    desk.tap(at, second + Gaze::kDoubleTap - milliseconds(1));
    CHECK(desk.log == "send end ");
    desk.ready("row");
    desk.tap(at, now());
    CHECK(desk.log == "send end row ");
}

TEST_CASE("two taps on one control stay two, whatever page is drawn between") {
    Desk desk;
    desk.shown("list", "more");
    desk.ready("more");
    for (int i = 0; i < 5; ++i) {
        desk.stand.tap("more");
        desk.page("list", "more");
        desk.stand.settle();
    }
    CHECK(desk.log == "more more more more more ");
}

TEST_CASE("what was painted when the finger came down counts, wherever it has moved") {
    Desk desk;
    auto& surface = desk.surface();
    const auto tree = [&](bool notice) {
        return column({notice ? high(paragraph("Mất mạng")) : nullptr,
                       high(knob("a", [&] { desk.log += "a "; })),
                       high(knob("b", [&] { desk.log += "b "; }))});
    };
    surface.show(tree(false));
    desk.stand.settle();
    const auto at = surface.centreOf("b");
    REQUIRE(desk.stand.until([&] { return surface.takesAt(at); }));

    desk.stand.press(at);
    surface.show(tree(true));  // pushes everything down: under the finger is "a" now
    desk.stand.settle();
    CHECK(surface.find("b")->pressed);
    desk.stand.release();
    CHECK(desk.log == "b ");

    desk.log.clear();
    surface.show(tree(false));
    desk.stand.settle();
    wxUIActionSimulator hand;  // down and up before we look, and a new layout in between
    hand.MouseDown();
    hand.MouseUp();
    surface.show(tree(true));
    surface.describe();  // laid out, not painted
    desk.stand.settle();
    CHECK(desk.log == "b ");
}

TEST_CASE("a press goes with what a row says, not with its number") {
    Desk desk;
    auto& surface = desk.surface();
    const auto rows = [&](std::vector<std::string> names) {
        Views views;
        for (std::size_t i = 0; i < names.size(); ++i)
            views.push_back(high(
                knob("row." + std::to_string(i), [&desk, n = names[i]] { desk.log += n + " "; }, names[i])));
        return column(std::move(views));
    };
    surface.show(rows({"Bến Thành", "Xuân Hòa"}));
    desk.stand.settle();
    desk.ready("row.1");
    desk.stand.press(surface.centreOf("row.1"));
    surface.show(rows({"Tân Định", "Bến Thành", "Xuân Hòa"}));
    desk.stand.release();
    CHECK(desk.log == "Xuân Hòa ");

    desk.log.clear();
    desk.stand.settle();
    const auto at = surface.centreOf("row.1");
    desk.stand.press(at);
    surface.show(rows({"Tân Định", "An Khánh"}));  // what was pressed is gone
    desk.stand.release();
    CHECK(desk.log.empty());
}

TEST_CASE("a press does not go on into another page, though a button of that name is there") {
    Desk desk;
    desk.shown("text", "next");
    desk.ready("next");
    desk.stand.press(desk.surface().centreOf("next"));
    desk.page("place", "next");
    desk.stand.settle();
    desk.stand.release();
    CHECK(desk.log.empty());
}

TEST_CASE("a finger that rolls over the edge still taps, unless it is on another control") {
    Desk desk;
    auto& surface = desk.surface();
    surface.show(column(
        {high(knob("a", [&] { desk.log += "a "; })), gap(100), high(knob("b", [&] { desk.log += "b "; }))}));
    desk.stand.settle();
    desk.ready("a");
    const auto rect = surface.find("a")->rect();
    const int roll = surface.theme().dragSlop();
    const auto edge = surface.ClientToScreen(wxPoint(rect.x + rect.width / 2, rect.GetBottom()));
    desk.stand.press(edge - wxPoint(0, 4));
    desk.stand.moveTo(edge + wxPoint(0, roll - 2));
    desk.stand.release();
    CHECK(desk.log == "a ");
    desk.stand.press(edge - wxPoint(0, 4));
    desk.stand.moveTo(edge + wxPoint(0, roll + 3));
    desk.stand.release();
    CHECK(desk.log == "a ");
}

TEST_CASE("at the end of a list a rolling finger taps, for nothing moves") {
    Desk desk;
    auto& surface = desk.surface();
    Views rows;
    for (int i = 0; i < 30; ++i)
        rows.push_back(
            high(knob("row." + std::to_string(i), [&desk, i] { desk.log += std::to_string(i) + " "; })));
    surface.show(column({grow(scroll("list", column(std::move(rows)), {"Trước", "Sau"}))}));
    desk.stand.settle();
    const auto at = surface.centreOf("row.0");
    REQUIRE(desk.stand.until([&] { return surface.takesAt(at); }));
    desk.stand.press(at);
    desk.stand.moveTo(at + wxPoint(0, surface.theme().dragSlop() + 10));  // down: the list is at its top
    desk.stand.release();
    CHECK(desk.log == "0 ");
    desk.stand.press(at);
    desk.stand.moveTo(at - wxPoint(0, surface.theme().dragSlop() + 10));
    desk.stand.release();
    CHECK(desk.log == "0 ");
    CHECK(surface.find("list")->scrollOffset() > 0);
}

TEST_CASE("a release that nobody told us of neither presses nor scrolls, and the next tap is whole") {
    Desk desk;
    desk.shown("one", "go");
    desk.ready("go");
    const auto at = desk.middle("go");
    const auto now = desk.surface().takesFrom();
    desk.pointer(wxEVT_LEFT_DOWN, at, now);
    desk.pointer(wxEVT_MOTION, at + wxPoint(3, 3), now, false);
    CHECK_FALSE(desk.surface().find("go")->pressed);
    desk.pointer(wxEVT_LEFT_UP, at, now);
    CHECK(desk.log.empty());
    desk.pointer(wxEVT_LEFT_DOWN, at, now);
    desk.pointer(wxEVT_LEFT_DOWN, at, now);  // a second finger, or a release that got lost
    desk.pointer(wxEVT_LEFT_UP, at, now);
    CHECK(desk.log == "go ");
    desk.pointer(wxEVT_LEFT_UP, at, now);
    CHECK(desk.log == "go ");
}

TEST_CASE("many quick taps are as many presses") {
    Desk desk;
    desk.shown("one", "go");
    desk.ready("go");
    wxUIActionSimulator hand;
    hand.MouseMove(desk.surface().centreOf("go"));
    for (int i = 0; i < 7; ++i) {
        hand.MouseDown();
        hand.MouseUp();
    }
    desk.stand.settle();
    CHECK(desk.log == "go go go go go go go ");
}

TEST_CASE("a held key presses once, and the page that comes is not pressed by it") {
    Desk desk;
    auto& surface = desk.surface();
    desk.shown("one", "go");
    const auto now = desk.surface().takesFrom();
    surface.focus("go");
    desk.key(wxEVT_KEY_DOWN, WXK_RETURN, now);
    for (int i = 1; i < 4; ++i) desk.key(wxEVT_KEY_DOWN, WXK_RETURN, now + milliseconds(40 * i));
    CHECK(desk.log == "go ");
    desk.shown("two", "go");
    surface.focus("go");
    const auto later = surface.takesFrom();
    desk.key(wxEVT_KEY_DOWN, WXK_RETURN, later);
    CHECK(desk.log == "go ");
    desk.key(wxEVT_KEY_UP, WXK_RETURN, later);
    desk.key(wxEVT_KEY_DOWN, WXK_RETURN, later);
    CHECK(desk.log == "go go ");
}

TEST_CASE("a key whose release got lost is a new press a second later") {
    HeldKeys held;
    wxKeyEvent enter(wxEVT_KEY_DOWN), other(wxEVT_KEY_DOWN);
    enter.m_rawCode = 0xff0d;
    other.m_rawCode = 'x';
    CHECK_FALSE(held.down(enter, milliseconds(5000), "one"));
    const auto* began = held.down(enter, milliseconds(5660), "two");
    REQUIRE(began);
    CHECK(*began == "one");
    CHECK_FALSE(held.down(other, milliseconds(5670), "two"));
    CHECK(held.down(enter, milliseconds(6659), "two"));
    CHECK_FALSE(held.down(enter, milliseconds(7659), "two"));
    held.up(enter);
    CHECK_FALSE(held.down(enter, milliseconds(7660), "two"));
    held.lose();
    CHECK_FALSE(held.down(enter, milliseconds(7661), "two"));
}

TEST_CASE("a held key goes on editing, but not on the next page") {
    Desk desk;
    auto& surface = desk.surface();
    const auto edit = std::make_shared<TextEdit>(TextEdit::Options{.limit = 50});
    edit->set("một hai");
    const auto field = [&] { return column({textField({.id = "field", .model = edit, .label = "Mô tả"})}); };
    surface.show(field(), "one");
    desk.ready("field");
    surface.focus("field", false);
    const auto now = surface.takesFrom();
    for (int i = 0; i < 4; ++i) desk.key(wxEVT_KEY_DOWN, WXK_BACK, now + milliseconds(40 * i));
    CHECK(edit->text() == "một");
    surface.show(field(), "two");
    desk.ready("field");
    desk.key(wxEVT_KEY_DOWN, WXK_BACK, now + milliseconds(200));
    CHECK(edit->text() == "một");
}

TEST_CASE("keys typed before a page was painted are not typed into it") {
    Desk desk;
    auto& surface = desk.surface();
    const auto edit = std::make_shared<TextEdit>(TextEdit::Options{.limit = 50});
    int entered = 0;
    edit->onEnter = [&] { ++entered; };
    desk.shown("one", "go");
    surface.show(column({textField({.id = "field", .model = edit, .label = "Mã"})}), "two");
    surface.focus("field", false);
    desk.key(wxEVT_KEY_DOWN, 'x', Moment(0));  // just now, and nothing of the page is painted
    desk.ready("field");
    desk.key(wxEVT_KEY_UP, 'x', desk.painted());
    desk.key(wxEVT_KEY_DOWN, 'y', desk.painted() - milliseconds(1));
    desk.key(wxEVT_KEY_UP, 'y', desk.painted());
    desk.key(wxEVT_KEY_DOWN, WXK_RETURN, desk.painted());
    desk.key(wxEVT_KEY_UP, WXK_RETURN, desk.painted());
    CHECK(edit->text().empty());
    CHECK(entered == 0);
    desk.key(wxEVT_KEY_DOWN, 'z', desk.painted());
    CHECK(edit->text() == "z");
}

TEST_CASE("a key that something lies on is nobody's sign of life") {
    Desk desk;
    auto& surface = desk.surface();
    const auto edit = std::make_shared<TextEdit>(TextEdit::Options{.limit = 500});
    surface.show(column({textField({.id = "field", .model = edit, .label = "Mô tả"})}), "one");
    REQUIRE(desk.stand.until([&] { return surface.isPainted(); }));
    surface.focus("field", false);
    desk.stand.settle();
    int signs = 0;
    surface.onActivity = [&] { ++signs; };
    const auto now = surface.takesFrom();
    for (int i = 0; i < 100; ++i) desk.key(wxEVT_KEY_DOWN, WXK_LEFT, now + milliseconds(40 * i));
    CHECK(signs == 1);
    desk.key(wxEVT_KEY_UP, WXK_LEFT, now + milliseconds(4100));
    desk.key(wxEVT_KEY_DOWN, WXK_LEFT, now + milliseconds(4200));
    CHECK(signs == 2);
}
