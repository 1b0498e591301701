#include "wire/DossierCode.h"

#include <catch2/catch.hpp>

using namespace tram;
using wire::DossierPatterns;
using wire::DossierReading;

namespace {

const DossierPatterns& usual() {
    static const auto made = DossierPatterns::make().value();
    return made;
}
/// The code, or why it is none.
std::string read(std::string_view text) {
    const auto reading = usual().read(text);
    if (reading.verdict == DossierReading::Verdict::Complete) return reading.code;
    std::string why(name(reading.verdict));
    return reading.group == DossierReading::Group::None ? why : why + " " + std::string(name(reading.group));
}

}  // namespace

TEST_CASE("dossiers' codes as they were seen are read as they are") {
    for (const std::string code :
         {"38.98.H29-210519-0013", "000.00.01.H29-260310-0420", "G09.20-20260609-0092637", "H29-260310-0420",
          "H29.168-261105-0042", "H29.1.22.333-260310-0420"})
        CHECK(read(code) == code);
}

TEST_CASE("what people, phones and printers make of a dossier's code is read back") {
    const std::string meant = "H29.25-260310-0420";
    for (const std::string& typed :
         {std::string("  h29.25-260310-0420\r\n"), std::string("H29.25 - 260310 - 0420"),
          std::string("h29.25 260310 0420"), std::string("H29.25 - 260310  0420"),
          std::string("H29.25\u2013260310\u20140420"), std::string("H29.25\u2212260310\uFF0D0420"),
          std::string("H29.25\u00AD260310\u20110420"), std::string("H29.25--260310\u2014\u20140420"),
          std::string("\uFEFFH29.25\u00A0-\u2009260310\u3000-0420\u200B"), std::string("H29.25-26O31o-O42O"),
          std::string("H29.25-2603\u006C0-0420"), std::string("h29.25-2603i0-0420"),
          std::string("\uFF28\uFF12\uFF19\uFF0E25-260310-0420")})
        CHECK(read(typed) == meant);
    CHECK(read("OOO.OO.O1.H29-26O31O-O42O") == "000.00.01.H29-260310-0420");
    CHECK(read("ooo.oo.ol.h29-2603l0-042o") == "000.00.01.H29-260310-0420");
}

TEST_CASE("a letter that belongs into a dossier's code is not taken for a digit") {
    CHECK(read("O29-26O310-0420") == "O29-260310-0420");
    CHECK(read("l29.1O-260310-0420") == "L29.10-260310-0420");
}

TEST_CASE("why a text is no dossier's code is told by its group") {
    const std::pair<const char*, const char*> all[] = {
        {"", "empty"},
        {" \u00A0\t", "empty"},
        {"H", "incomplete"},
        {"H2", "incomplete"},
        {"H29.", "incomplete"},
        {"H29.25", "incomplete"},
        {"000.00", "incomplete"},
        {"000.00.01.h", "incomplete"},
        {"H29.25-", "incomplete"},
        {"H29.25-2603", "incomplete"},
        {"H29.25-2603101", "incomplete"},
        {"H29.25-260310-042", "incomplete"},
        {"X", "incomplete"},
        {"HH9-260310-0420", "wrong_shape organisation"},
        {"29-260310-0420", "wrong_shape organisation"},
        {"H29.1234-260310-0420", "wrong_shape organisation"},
        {"H29..1-260310-0420", "wrong_shape organisation"},
        {"H29.25/260310/0420", "wrong_shape organisation"},
        {"H29.25-2603-0420", "wrong_shape day"},
        {"H29.25-2603101-0420", "wrong_shape day"},
        {"H29.25-26A310-0420", "wrong_shape day"},
        {"H29.25-260310-04200000", "wrong_shape number"},
        {"H29.25-260310-04X0", "wrong_shape number"},
        {"H29.25-260310-0420-1", "wrong_shape number"},
        {"\xFF\xFE\x80", "wrong_shape organisation"},
        {"Nguy\u1EC5n", "wrong_shape organisation"},
    };
    for (const auto& [text, expected] : all) {
        CAPTURE(text);
        CHECK(read(text) == expected);
    }
}

TEST_CASE("a dossier's code has 64 characters at most, however many bytes they take") {
    CHECK(read(std::string(300, 'H')) == "too_long");
    CHECK(read(std::string(100'000, '0')) == "too_long");
    CHECK(read("H29.25-260310-0420" + std::string(300, ' ')) == "H29.25-260310-0420");
    CHECK(usual().read(std::string(300, 'H')).code.empty());
    CHECK(usual().read(std::string(65, '1')).verdict == DossierReading::Verdict::TooLong);
    CHECK(usual().read(std::string(64, '1')).verdict == DossierReading::Verdict::WrongShape);
}

TEST_CASE("another province's code is a code, and said to be another's") {
    CHECK_FALSE(usual().read("H29.25-260310-0420").elsewhere);
    CHECK_FALSE(usual().read("000.00.01.H29-260310-0420").elsewhere);
    CHECK(usual().read("H30.25-260310-0420").elsewhere);
    CHECK(usual().read("38.98.H30-210519-0013").elsewhere);
    CHECK(usual().read("G09.20-20260609-0092637").elsewhere);
    const auto wider = DossierPatterns::make(DossierPatterns::usual(), {"H29", "H30"});
    REQUIRE(wider);
    CHECK_FALSE(wider->read("H30.25-260310-0420").elsewhere);
}

TEST_CASE("a station's own patterns of codes take the place of ours") {
    const auto own = DossierPatterns::make({"XX-\\d{3}"});
    REQUIRE(own);
    CHECK(own->read("xx \u2013 1O3").code == "XX-103");
    CHECK_FALSE(own->read("xx-103").elsewhere);
    const auto other = own->read("H29-260310-0420");
    CHECK(other.verdict == DossierReading::Verdict::WrongShape);
    CHECK(other.group == DossierReading::Group::None);
    const auto wrong = DossierPatterns::make({"a", "(("});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == base::ProblemKind::BadConfig);
    CHECK(wrong.error().fact("line") == "1");
    CHECK(DossierPatterns().read("H29-260310-0420").verdict == DossierReading::Verdict::WrongShape);
}
