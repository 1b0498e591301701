#include "wire/VisitToken.h"

#include <catch2/catch.hpp>

using namespace tram;
using wire::VisitToken;
using namespace std::chrono;

namespace {

VisitToken token(const std::string& ward = "27154", sys_days day = year(2026) / 11 / 30) {
    return {ward, day, {1, 2, 3, 4, 5, 6}, crypto::Bytes(VisitToken::kSealBytes, 0xA5)};
}

}  // namespace

TEST_CASE("a ticket's token keeps office, day and seal in 32 symbols") {
    for (const char* ward : {"00000", "00042", "27154", "99999"})
        for (const sys_days day :
             {sys_days(year(2020) / 1 / 1), sys_days(year(2026) / 11 / 30), sys_days(year(2109) / 9 / 18)}) {
            const auto made = token(ward, day);
            const auto text = made.text();
            CAPTURE(text);
            CHECK(text.size() == VisitToken::kSymbols);
            const auto read = VisitToken::parse(text);
            REQUIRE(read);
            CHECK(read->ward == ward);
            CHECK(read->day == day);
            CHECK(read->nonce == made.nonce);
            CHECK(read->seal == made.seal);
            CHECK(read->text() == text);
        }
}

TEST_CASE("a token is read as people and printers write it, and nothing else is one") {
    const auto text = token().text();
    std::string small = text;
    for (auto& c : small) c = static_cast<char>(std::tolower(c));
    REQUIRE(VisitToken::parse(small));
    CHECK(VisitToken::parse(small)->text() == text);
    CHECK(VisitToken::parse(text.substr(0, 8) + "-" + text.substr(8)));
    for (const auto& bad : {std::string(), text.substr(1), text + "0", std::string(32, 'U'),
                            std::string(32, 'Z'), std::string(5000, '0')}) {
        CAPTURE(bad.substr(0, 40));
        CHECK_FALSE(VisitToken::parse(bad));
    }
}

TEST_CASE("what is sealed is office, day and number, and there is no ward of four digits") {
    CHECK(token().sealedPart() != token("27155").sealedPart());
    CHECK(token().sealedPart() != token("27154", year(2026) / 12 / 1).sealedPart());
    CHECK_THROWS(token("2715").text());
    CHECK_THROWS(token("27154", year(2019) / 12 / 31).text());
    const sys_days day = year(2026) / 11 / 30;
    CHECK(VisitToken::holds("27154", day));
    for (const char* ward : {"", "2715", "271540", "2715a", "+2715", "-2715", " 2715"})
        CHECK_FALSE(VisitToken::holds(ward, day));
    CHECK_FALSE(VisitToken::holds("27154", year(2019) / 12 / 31));
    CHECK_FALSE(VisitToken::holds("27154", year(2110) / 1 / 1));
}
