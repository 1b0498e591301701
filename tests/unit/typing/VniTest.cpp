#include <catch2/catch.hpp>

#include "tests/unit/typing/Typist.h"

using namespace tram::typing::test;

namespace {

void expect(std::initializer_list<std::pair<const char*, const char*>> rows) {
    for (const auto& [keys, text] : rows) {
        INFO(keys);
        CHECK(whileTyping(keys, kVni) == text);
        CHECK(whenOver(keys, kVni) == text);
    }
}

}  // namespace

TEST_CASE("VNI makes shapes and tones in any order") {
    expect({{"a6", "â"},           {"a8", "ă"},
            {"e6", "ê"},           {"o6", "ô"},
            {"o7", "ơ"},           {"u7", "ư"},
            {"d9", "đ"},           {"uo7", "ươ"},
            {"a1", "á"},           {"a2", "à"},
            {"a3", "ả"},           {"a4", "ã"},
            {"a5", "ạ"},           {"a10", "a"},
            {"tie6ng1", "tiếng"},  {"tieng61", "tiếng"},
            {"tieng16", "tiếng"},  {"nguoi72", "người"},
            {"ngu7o7i2", "người"}, {"ngu7oi2", "người"},
            {"nguo72i", "người"},  {"D9U7O7NG2", "ĐƯỜNG"},
            {"duong792", "đường"}, {"duong729", "đường"},
            {"hoac85", "hoặc"},    {"mua7", "mưa"},
            {"thuo73", "thuở"},    {"khuyu3", "khuỷu"},
            {"Quy1", "Quý"},       {"d9t", "đt"},
            {"D9TDD9", "ĐTDĐ"},    {"to67", "tơ"},
            {"to76", "tô"},        {"to56", "tộ"},
            {"hoa2", "hòa"}});
    CHECK(whileTyping("hoa2", {tram::typing::Method::Vni, tram::typing::ToneStyle::New}) == "hoà");
}

TEST_CASE("VNI undoes what is repeated") {
    expect({{"a66", "a6"},
            {"a88", "a8"},
            {"o77", "o7"},
            {"d99", "d9"},
            {"a11", "a1"},
            {"a111", "a11"},
            {"uo77", "uo7"},
            {"a100", "a0"},
            {"tet11", "tet1"}});
}

TEST_CASE("VNI leaves numbers alone") {
    expect({{"Quan 3", "Quan 3"},
            {"12A", "12A"},
            {"12A1", "12A1"},
            {"6a2", "6a2"},
            {"0901234567", "0901234567"},
            {"P12", "P12"},
            {"covid19", "covid19"},
            {"19h30", "19h30"},
            {"59F1-12345", "59F1-12345"},
            {"2tr5", "2tr5"},
            {"21/11/2026", "21/11/2026"},
            {"TCVN3", "TCVN3"},
            {"html5", "html5"},
            {"F0", "F0"},
            {"7", "7"}});
}

TEST_CASE("Telex letters are letters in VNI, and digits are digits in Telex") {
    expect({{"w", "w"}, {"aw", "aw"}, {"tooo", "tooo"}, {"dd", "dd"}, {"test", "test"}, {"as", "as"}});
    CHECK(whenOver("tie6ng1", kTelex) == "tie6ng1");
    CHECK(whenOver("covid19 a1 12A1 0901234567", kTelex) == "covid19 a1 12A1 0901234567");
}

TEST_CASE("a finished VNI word that is no syllable comes back as typed") {
    for (const char* keys : {"abc12", "wifi5", "file2", "mp3", "b12", "google6", "ban5a", "co1de", "sot2"})
        CHECK(whenOver(keys, kVni) == keys);
}
