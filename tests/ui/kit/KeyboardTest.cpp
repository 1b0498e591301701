#include <catch2/catch.hpp>

#include "base/VietnameseText.h"
#include "tests/ui/kit/Pages.h"
#include "tests/ui/kit/Stand.h"

using namespace tram;
using namespace tram::kit;
using test::Stand;

namespace {

struct TypingDesk {
    Stand stand;
    std::shared_ptr<TextEdit> edit;
    std::shared_ptr<KeyboardState> state = std::make_shared<KeyboardState>();

    explicit TypingDesk(TextEdit::Options options, KeyboardLayout layout = KeyboardLayout::Vietnamese)
        : edit(std::make_shared<TextEdit>(options)) {
        auto field =
            grow(textField({.id = "field", .model = edit, .multiline = options.multiline, .label = "Mô tả"}));
        stand.surface().show(column({field, keyboard({.model = edit,
                                                      .state = state,
                                                      .layout = layout,
                                                      .words = sample::keyboardWords(),
                                                      .onHide = [] {}})}));
        stand.surface().focus("field", false);
        stand.settle();
    }
    void taps(std::initializer_list<const char*> ids) {
        for (const char* id : ids) stand.tap(std::string("key.") + id);
    }
};

}  // namespace

TEST_CASE("a physical keyboard gives Vietnamese text, composed once") {
    // An input method that is set up must not see the keys: with it each tone would come twice.
    TypingDesk desk({.limit = 200, .multiline = true});
    desk.stand.type("nguoiwf dduongwf tiengse windows ");
    CHECK(desk.edit->text() == "người đường tiếng windows ");
    desk.stand.key(WXK_BACK);
    desk.stand.key(WXK_RETURN);
    desk.stand.type("a1");
    CHECK(desk.edit->text() == "người đường tiếng windows\na1");
}

TEST_CASE("arrow keys, Home, End and Delete edit") {
    TypingDesk desk({.limit = 200, .multiline = true, .typing = {.method = typing::Method::Off}});
    desk.state->method = typing::Method::Off;
    desk.edit->setMethod(typing::Method::Off);
    desk.stand.type("bcd");
    desk.stand.key(WXK_HOME);
    desk.stand.type("a");
    desk.stand.key(WXK_DELETE);
    desk.stand.key(WXK_RIGHT);
    desk.stand.type("x");
    CHECK(desk.edit->text() == "acxd");
}

TEST_CASE("who does not know Telex taps letters and tones") {
    TypingDesk desk({.limit = 200, .multiline = true});
    desk.taps({"v", "ơ", "tone.nga", "space", "n", "ă", "p", "tone.sac"});
    CHECK(desk.edit->text() == "vỡ nắp");
    desk.taps({"tone.huyen"});
    CHECK(desk.edit->text() == "vỡ nằp");
    desk.taps({"backspace", "backspace", "backspace", "backspace"});
    CHECK(desk.edit->text() == "vỡ");
    CHECK(desk.stand.surface().focused() == "field");
}

TEST_CASE("shift holds for one letter, twice for all, symbols have a page of their own") {
    TypingDesk desk({.limit = 200, .multiline = true});
    desk.taps({"shift", "b", "a", "shift", "shift", "q", "u", "ư", "shift", "m"});
    CHECK(desk.edit->text() == "BaQUƯm");
    desk.taps({"symbols"});
    CHECK_FALSE(desk.stand.surface().find("key.q"));
    desk.taps({"@", "symbols", "q"});
    CHECK(desk.edit->text() == "BaQUƯm@q");
}

TEST_CASE("the method key goes from Telex to VNI to none") {
    TypingDesk desk({.limit = 200, .multiline = true});
    desk.taps({"method", "a", "6", "1"});
    CHECK(desk.edit->text() == "ấ");
    desk.edit->clear();
    desk.taps({"method", "a", "a", "s"});
    CHECK(desk.edit->text() == "aas");
    desk.edit->clear();
    desk.taps({"method", "a", "a", "s"});
    CHECK(desk.edit->text() == "ấ");
}

TEST_CASE("a code's keyboard has no letter that codes have not") {
    TypingDesk desk({.limit = 13, .accept = Accept::Code}, KeyboardLayout::Code);
    for (const char* id : {"key.O", "key.I", "key.L", "key.U"}) CHECK_FALSE(desk.stand.surface().find(id));
    desk.taps({"K", "7", "M"});
    desk.stand.type("3q");
    CHECK(desk.edit->text() == "K7M3Q");
}

TEST_CASE("a dossier's code is typed in capitals, with the dots and dashes it has") {
    TypingDesk desk({.limit = 64, .accept = Accept::Dossier}, KeyboardLayout::Dossier);
    desk.taps({"H", "2", "9", ".", "2", "5", "-"});
    desk.stand.type("26l/ab");
    CHECK(desk.edit->text() == "H29.25-26L/AB");
}

TEST_CASE("a tap puts the caret where it was, and the keyboard never covers the field") {
    TypingDesk desk({.limit = 200, .multiline = true, .typing = {.method = typing::Method::Off}});
    desk.edit->set("một hai ba");
    desk.stand.surface().refresh();
    desk.stand.settle();
    const auto field = desk.stand.surface().find("field")->rect();
    desk.stand.press(desk.stand.surface().ClientToScreen(
        wxPoint(field.x + desk.stand.surface().theme().length(Length::FieldPadding) + 1, field.y + 60)));
    desk.stand.release();
    CHECK(desk.edit->caret() == 0);
    CHECK_FALSE(field.Intersects(desk.stand.surface().find("key.1")->rect()));
}

TEST_CASE("keys of every layout keep their size and words on every screen") {  // STANDARDS 18
    const wxSize screens[] = {{1080, 1920}, {1920, 1080}, {768, 1366}, {1024, 768}, {1280, 800}};
    for (const auto& screen : screens)
        for (const int percent : {100, 200})
            for (const auto layout : {KeyboardLayout::Vietnamese, KeyboardLayout::Code,
                                      KeyboardLayout::Dossier, KeyboardLayout::Number, KeyboardLayout::Email})
                for (const bool symbols : {false, true}) {
                    Stand stand;
                    auto edit = std::make_shared<TextEdit>(TextEdit::Options{.multiline = true});
                    auto state = std::make_shared<KeyboardState>();
                    state->symbols = symbols;
                    stand.surface().setTheme(test::theme("light", percent, screen));
                    stand.surface().SetSize(screen);
                    stand.surface().show(column({spacer(), keyboard({.model = edit,
                                                                     .state = state,
                                                                     .layout = layout,
                                                                     .words = sample::keyboardWords(),
                                                                     .onHide = [] {}})}));
                    INFO(screen.x << "x" << screen.y << " layout " << static_cast<int>(layout));
                    CHECK(stand.surface().layoutFaults() == std::vector<std::string>{});
                }
}

TEST_CASE("a finger between two keys types the nearer one") {
    TypingDesk desk({.limit = 200, .multiline = true, .typing = {.method = typing::Method::Off}});
    auto& surface = desk.stand.surface();
    const auto keys = [&](const char* id) { return surface.find(std::string("key.") + id)->rect(); };
    const Rect g = keys("g"), h = keys("h");
    CHECK(g.GetRight() + 1 == h.x);  // nothing between that takes no touch
    const auto tapAt = [&](wxPoint at) {
        desk.stand.settle();
        desk.stand.press(surface.ClientToScreen(at));
        desk.stand.release();
        desk.stand.settle();
    };
    tapAt({g.GetRight() - 1, g.y + g.height / 2});
    tapAt({h.x + 1, h.y + h.height / 2});
    CHECK(desk.edit->text() == "gh");
    CHECK(surface.layoutFaults().empty());
}
