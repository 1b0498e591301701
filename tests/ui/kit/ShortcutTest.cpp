#include <catch2/catch.hpp>

#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

namespace {

ViewRef quick(std::string id, Shortcut shortcut, int& pressed, bool enabled = true) {
    return button({.id = id,
                   .label = id,
                   .enabled = enabled,
                   .onPress = [&pressed] { ++pressed; },
                   .shortcut = shortcut});
}

}  // namespace

TEST_CASE("a shortcut presses its view wherever the focus is, and only with its own modifier") {
    Stand stand;
    int first = 0, next = 0;
    const auto typed = std::make_shared<TextEdit>(TextEdit::Options{});
    stand.surface().show(column({quick("first", {'1', true}, first), quick("next", {WXK_F12}, next),
                                 textField({.id = "field", .model = typed, .spoken = "Tìm"})}));
    stand.settle();
    stand.key('1', wxMOD_ALT);
    CHECK(first == 1);
    stand.surface().focus("field", false);
    stand.settle();
    stand.key('1', wxMOD_ALT);
    CHECK(first == 2);
    stand.key('1');
    stand.key('1', wxMOD_ALT | wxMOD_CONTROL);
    CHECK(first == 2);
    CHECK(stand.until([&] { return typed->text() == "1"; }));
    stand.key(WXK_F12);
    CHECK(next == 1);
    stand.key(WXK_F12, wxMOD_ALT);
    CHECK(next == 1);
}

TEST_CASE("a view may have keys for what is not on the page, as long as it stands there itself") {
    Stand stand;
    int pressed = 0, other = 0;
    auto menu = quick("menu", {WXK_F10}, pressed);
    menu->keys.emplace_back(Shortcut{'3', true}, [&other] { ++other; });
    stand.surface().show(column({menu}));
    stand.settle();
    stand.key('3', wxMOD_ALT);
    CHECK(other == 1);
    CHECK(pressed == 0);
    stand.surface().show(column({button({.id = "else", .label = "Khác", .onPress = [] {}})}));
    stand.settle();
    stand.key('3', wxMOD_ALT);
    CHECK(other == 1);
}

TEST_CASE("no shortcut presses what is disabled, or lies under a dialog") {
    Stand stand;
    int off = 0, under = 0;
    stand.surface().show(column({quick("off", {WXK_F1}, off, false)}));
    stand.settle();
    stand.key(WXK_F1);
    CHECK(off == 0);
    stand.surface().show(overlay(column({quick("under", {WXK_F2}, under)}),
                                 card(button({.id = "stay", .label = "Ở lại", .onPress = [] {}}))));
    stand.settle();
    stand.key(WXK_F2);
    CHECK(under == 0);
}
