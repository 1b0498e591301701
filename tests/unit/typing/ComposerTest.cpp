#include "typing/Composer.h"

#include <catch2/catch.hpp>

#include "tests/unit/typing/Typist.h"

using namespace tram::typing;
using namespace tram::typing::test;

TEST_CASE("an Edit touches only what changes") {
    Typist typist;
    typist.type("nguoiw");
    CHECK(typist.shown() == "ngươi");
    typist.type("f");
    CHECK(typist.last.erase == 2);
    CHECK(typist.last.insert == U"ời");
    typist.type(" ");
    CHECK(typist.last.erase == 0);
    CHECK(typist.last.insert == U" ");
}

TEST_CASE("a separator brings the keys back in the same Edit") {
    Typist typist;
    typist.type("an nguow");
    CHECK(typist.shown() == "an ngươ");
    typist.type(",");
    CHECK(typist.last.erase == 2);
    CHECK(typist.last.insert == U"uow,");
    CHECK(typist.shown() == "an nguow,");
}

TEST_CASE("finish does it without one") {
    Typist typist;
    CHECK(typist.type("nguow").finish().shown() == "nguow");
    CHECK(typist.finish().shown() == "nguow");
    CHECK(typist.type("s").shown() == "nguows");  // a new word
    CHECK(Typist().type("tooi").finish().shown() == "tôi");
}

TEST_CASE("Backspace takes off the last letter that is shown") {
    Typist typist;
    CHECK(typist.type("nguoiwf").erase().shown() == "ngườ");
    CHECK(typist.type("z").shown() == "ngươ");
    CHECK(typist.type("is").shown() == "ngưới");
    CHECK(typist.erase(4).shown() == "n");
    CHECK(typist.type("as").shown() == "ná");
}

TEST_CASE("Backspace takes the tone along with the letter that bears it") {
    CHECK(Typist(kTelexNew).type("hoaf").erase().shown() == "ho");
    CHECK(Typist().type("hoaf").erase().shown() == "hò");
    CHECK(Typist().type("hoanf").erase().shown() == "hòa");  // hoàn, then what the style makes of hòa
    CHECK(Typist().type("tieengs").erase(2).shown() == "tiế");
    CHECK(Typist().type("tieengs").erase(3).type("n").shown() == "tin");
}

TEST_CASE("what was erased leaves no keys behind") {
    CHECK(Typist().type("tooo").erase(2).type("o").shown() == "to");
    CHECK(Typist().type("tesst").erase(2).type("s").shown() == "té");
    CHECK(Typist().type("ddd").erase().type("d").shown() == "đ");
    CHECK(Typist().type("soft").erase().shown() == "sof");  // shown as typed, so it stays as shown
    CHECK(Typist().type("soft").erase(2).type("s").shown() == "só");
    CHECK(Typist().type("trươngss").erase().shown() == "trương");
    CHECK(Typist().type("windowss").erase().type(" ").shown() == "windows ");
    CHECK(Typist(kVni).type("a11").erase().type("2").shown() == "à");
}

TEST_CASE("Backspace with no word asks for one character") {
    Typist typist;
    CHECK(typist.erase().shown().empty());
    CHECK(typist.last.erase == 1);
    CHECK(typist.type("as ").erase().shown() == "á");
    CHECK(typist.erase(3).shown().empty());
    CHECK(typist.type("ow").shown() == "ơ");
}

TEST_CASE("tone keys of the screen go through the same word") {
    Typist typist(kOff);
    CHECK(typist.type("nguoi").tone(Tone::Huyen).shown() == "nguòi");
    CHECK(Typist(kOff).type("tieng").tone(Tone::Sac).shown() == "tiéng");
    CHECK(Typist(kOff).type("ng").letter(U'ư').letter(U'ơ').type("i").tone(Tone::Huyen).shown() == "người");
    CHECK(Typist().type("hoa").tone(Tone::Huyen).type("n").shown() == "hoàn");
    CHECK(Typist().type("toi").tone(Tone::Sac).type("o").shown() == "tối");
    CHECK(Typist().type("tois").tone(Tone::Nang).shown() == "tọi");
    CHECK(Typist().type("tois").tone(Tone::None).shown() == "toi");
    CHECK(Typist().type("toi").tone(Tone::Sac).tone(Tone::Sac).shown() == "toi");
    CHECK(Typist().type("toi").tone(Tone::Sac).type("z").shown() == "toi");
    CHECK(Typist().type("NGUOI").letter(U'Ơ').erase().tone(Tone::Hoi).shown() == "NGUỎI");
}

TEST_CASE("a tone without a vowel changes nothing") {
    CHECK(Typist().tone(Tone::Sac).shown().empty());
    CHECK(Typist().type("ng").tone(Tone::Sac).shown() == "ng");
    CHECK(Typist().type("tois ").tone(Tone::Huyen).shown() == "tói ");
}

TEST_CASE("what is tapped by name is never given back as keys") {
    CHECK(Typist().type("pizza").tone(Tone::Sac).type(" ").shown() == "pizzá ");
    CHECK(Typist().letter(U'ă').letter(U'â').type(" ").shown() == "ăâ ");
    CHECK(Typist().letter(U'Đ').letter(U'Đ').type(" ").shown() == "ĐĐ ");
    CHECK(Typist(kOff).type("Pl").letter(U'ê').type("iku ").shown() == "Plêiku ");
}

TEST_CASE("a shaped letter tapped again loses its mark") {
    CHECK(Typist(kOff).type("t").letter(U'ă').letter(U'ă').type("n").shown() == "tan");
    CHECK(Typist().type("t").letter(U'ô').letter(U'ô').shown() == "to");
}

TEST_CASE("a word that stands there can be taken up") {
    const auto resumed = [](std::u32string_view word, const Options& options = kTelex) {
        Typist typist(options);
        typist.text = word;
        typist.composer.resume(word);
        return typist;
    };
    CHECK(resumed(U"tieng").type("se").shown() == "tiếng");
    CHECK(resumed(U"ngườ").type("i").shown() == "người");
    CHECK(resumed(U"người").type("z").shown() == "ngươi");
    CHECK(resumed(U"người", kVni).type("1").shown() == "ngưới");
    CHECK(resumed(U"người").tone(Tone::Sac).shown() == "ngưới");
    CHECK(resumed(U"đi ăn").type("s").shown() == "đi ắn");
    CHECK(resumed(U"hoà").type("n").shown() == "hoàn");
    CHECK(resumed(U"hoà").erase().shown() == "ho");
    CHECK(resumed(U"hoà").type(" ").shown() == "hoà ");  // not changed, so not respelled
    CHECK(resumed(U"Đắkx").type(" ").shown() == "Đắkx ");
    CHECK(resumed(U"de").type("sk ").shown() == "desk ");
    CHECK(resumed(U"đé").type("sk ").shown() == "đésk ");
    CHECK(resumed(U"12").type("as").shown() == "12á");
    CHECK(resumed(std::u32string(500, U'a')).type("s").shown() == std::string(500, 'a') + "s");
}

TEST_CASE("settings take effect within the word") {
    Typist typist;
    typist.type("hoa");
    typist.composer.setOptions({Method::Vni, ToneStyle::New});
    CHECK(typist.type("2").shown() == "hoà");
}

TEST_CASE("reset forgets the word") {
    Typist typist;
    typist.type("to");
    typist.composer.reset();
    CHECK(typist.type("o").shown() == "too");
}

TEST_CASE("Off shows every key") {
    const std::u32string keys = U"windows tooi DDuwowngf hoà hòa e\u0301 😀 ñ字Ж, tét 123";
    CHECK(Typist(kOff).type(keys).finish().text == keys);
}

TEST_CASE("an endless word is let be after thirty-two keys") {
    const std::string keys = "nguoiw" + std::string(100, 'k');
    CHECK(Typist().type(keys).shown() == keys);
    CHECK(Typist().type(keys + " as").shown() == keys + " á");
    CHECK(Typist().type(keys).erase(106).shown().empty());
}
