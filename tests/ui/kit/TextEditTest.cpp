#include <catch2/catch.hpp>

#include "base/VietnameseText.h"
#include "ui/kit/TextEdit.h"

using namespace tram;
using kit::Accept;
using kit::TextEdit;

namespace {

void keys(TextEdit& edit, std::string_view typed) {
    for (const char32_t c : base::toUtf32(typed)) edit.type(c);
}

}  // namespace

TEST_CASE("Telex, tone keys and letter keys go through one composer") {
    TextEdit edit({.limit = 100});
    keys(edit, "nguoiwf dduongwf");
    CHECK(edit.text() == "người đường");
    edit.clear();
    keys(edit, "v");
    edit.shaped(U'ơ');
    edit.tone(typing::Tone::Nga);
    CHECK(edit.text() == "vỡ");
}

TEST_CASE("a tone still reaches a word the caret has come back to") {
    TextEdit edit({.limit = 100});
    keys(edit, "nap cong");
    edit.moveTo(3);
    edit.tone(typing::Tone::Sac);
    CHECK(edit.text() == "náp cong");
    CHECK(edit.caret() == 3);
}

TEST_CASE("the limit counts characters, and a refused key leaves the text alone") {
    TextEdit edit({.limit = 4});
    keys(edit, "huowng");  // h ư ơ n stand, g finds no room
    CHECK(edit.characters() == 4);
    CHECK(edit.full());
    edit.tone(typing::Tone::Sac);  // adds no character
    CHECK(edit.characters() == 4);
    CHECK_FALSE(edit.full());
}

TEST_CASE("what nobody can see is refused, typed or set") {
    TextEdit edit({.limit = 100});
    for (const char32_t c : {0x0, 0x7, 0x1B, 0x200B, 0x200E, 0x202E, 0x2066, 0xFEFF, 0xAD, 0x2028})
        edit.type(c);
    CHECK(edit.empty());
    edit.set("a\u202Eb\u0007c\u200B");
    CHECK(edit.text() == "abc");
}

TEST_CASE("text is NFC whichever way it comes") {
    TextEdit edit({.limit = 100});
    edit.set("Ti\u0065\u0302\u0301ng");
    CHECK(edit.text() == "Tiếng");
    TextEdit keyboard({.limit = 100, .typing = {.method = typing::Method::Off}});
    keys(keyboard, "e\u0302\u0301");  // a system keyboard that sends marks of their own
    CHECK(keyboard.text() == "ế");
    CHECK(keyboard.caret() == 1);
}

TEST_CASE("10,000 characters are cut to the limit") {
    TextEdit edit({.limit = 2000, .multiline = true});
    edit.set(std::string(10000, 'x'));
    CHECK(edit.characters() == 2000);
}

TEST_CASE("the caret steps over graphemes and Backspace takes them whole") {
    TextEdit edit({.limit = 100});
    edit.set("a👨‍👩‍👧b🇻🇳");
    edit.left();
    CHECK(base::toUtf8(edit.content().substr(edit.caret())) == "🇻🇳");
    edit.left();
    edit.backspace();
    CHECK(edit.text() == "ab🇻🇳");
    edit.end();
    edit.backspace();
    CHECK(edit.text() == "ab");
    edit.home();
    edit.erase();
    CHECK(edit.text() == "b");
}

TEST_CASE("setting what is there moves nothing, something else puts the caret at its end") {
    TextEdit edit({.limit = 100});
    int changes = 0;
    edit.onChange = [&] { ++changes; };
    keys(edit, "ab ");
    edit.moveTo(1);
    changes = 0;
    edit.set("ab ");
    edit.set("ab");  // the flow keeps it cleaned
    CHECK(edit.text() == "ab ");
    CHECK(edit.caret() == 1);
    CHECK(changes == 0);
    edit.set("xyz");
    CHECK(edit.caret() == 3);
    CHECK(changes == 1);
}

TEST_CASE("a ready sentence is added as a sentence") {
    TextEdit edit({.limit = 100});
    edit.append("Nắp cống bị vỡ");
    edit.append("Mùi hôi");
    CHECK(edit.text() == "Nắp cống bị vỡ. Mùi hôi");
}

TEST_CASE("codes take their symbols only and are grouped as they come") {
    TextEdit edit({.limit = 13, .accept = Accept::Code, .format = [](std::string_view text) {
                       std::string out;
                       for (const char c : text)
                           if (c != '-') out += (out.size() % 4 == 3 ? "-" : "") + std::string(1, c);
                       return out;
                   }});
    keys(edit, "k7m 3q9á!");
    CHECK(edit.text() == "K7M-3Q9");
    CHECK(edit.caret() == 7);
}

TEST_CASE("numbers and addresses take what belongs to them, uncomposed") {
    TextEdit number({.limit = 20, .accept = Accept::Number}), mail({.limit = 50, .accept = Accept::Email});
    keys(number, "+84 90x1");
    keys(mail, "aanh@ddia.vn ");
    CHECK(number.text() == "+84 901");
    CHECK(mail.text() == "aanh@ddia.vn");
}

TEST_CASE("Enter is a new line where there are several, and an answer where there is one") {
    TextEdit many({.limit = 50, .multiline = true}), one({.limit = 50});
    bool answered = false;
    one.onEnter = [&] { answered = true; };
    keys(many, "a");
    many.enter();
    keys(many, "b");
    one.enter();
    CHECK(many.text() == "a\nb");
    CHECK(answered);
    CHECK(one.empty());
}
