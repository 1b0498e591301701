#include "identity/CitizenCard.h"

#include <catch2/catch.hpp>

#include "base/VietnameseText.h"

using namespace tram;
using identity::CitizenCard;

namespace {

const std::string kCard =
    "079090001234|025123456|Nguyễn Văn An|02011990|Nam|12 Nguyễn Huệ, Phường Sài Gòn, TP. Hồ Chí "
    "Minh|25042021";

/// "" when read, else the detail.
std::string verdict(const std::string& text) {
    const auto card = CitizenCard::read(text);
    if (card) return "";
    CHECK(card.error().kind == base::ProblemKind::Malformed);
    return std::string(card.error().fact("detail"));
}
/// The card with one of its fields changed, counted from 0.
std::string with(int field, const std::string& value) {
    std::string out;
    std::size_t at = 0;
    for (int i = 0; i < 7; ++i) {
        const auto end = kCard.find('|', at);
        out += (i ? "|" : "") + (i == field ? value : kCard.substr(at, end - at));
        at = end + 1;
    }
    return out;
}
std::string verdictOf(int field, const std::string& value) {
    return verdict(with(field, value));
}

}  // namespace

TEST_CASE("a card gives number, name and birth date") {
    const auto card = CitizenCard::read(kCard);
    REQUIRE(card);
    CHECK(card->number.reveal() == "079090001234");
    CHECK(card->name.reveal() == "Nguyễn Văn An");
    CHECK(card->birthDate.reveal() == "1990-01-02");
}

TEST_CASE("a card's variants are read: no old number, eleven fields and more, blanks") {
    CHECK(verdict(with(1, "")) == "");
    CHECK(verdict(kCard + "||||") == "");
    CHECK(verdict(kCard + "|a|b|c|d") == "");
    CHECK(verdict(kCard + std::string(33, '|')) == "");
    CHECK(verdict(with(2, "  Nguyễn   Văn An ")) == "");
    CHECK(verdict(with(4, "Nữ")) == "mismatch");
    CHECK(verdict("079190001234||Trần Thị Bé|02011990|Nữ|Củ Chi|25042021") == "");
    CHECK(verdict("079203001234||Lê Út|31122003|Nam|Củ Chi|01012024") == "");
    CHECK(verdict("079303001234||Lê Út|31122003|Nữ|Củ Chi|01012024") == "");
}

TEST_CASE("a name in pieces comes out whole") {  // NFD, as some printers and scanners have it
    const auto card = CitizenCard::read(with(2, "Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An"));
    REQUIRE(card);
    CHECK(card->name.reveal() == "Nguyễn Văn An");
    CHECK(verdict("079190001234||Bé|02011990|Nu\xCC\x9B\xCC\x83|Củ Chi|25042021") == "");
}

TEST_CASE("what stands after the seventh field may be a relative's and changes nothing") {
    const auto plain = CitizenCard::read(kCard);
    const auto more =
        CitizenCard::read(kCard + "|079060000001|Nguyễn Văn Cha|\x01|\xFF|079165000002|Trần Thị Mẹ");
    REQUIRE(plain);
    REQUIRE(more);
    CHECK(more->number.reveal() == plain->number.reveal());
    CHECK(more->name.reveal() == plain->name.reveal());
    CHECK(more->birthDate.reveal() == plain->birthDate.reveal());
}

TEST_CASE("a card with too few fields is none") {
    CHECK(verdict("") == "fields");
    CHECK(verdict("|") == "fields");
    CHECK(verdict("079090001234|025123456|Nguyễn Văn An") == "fields");
    CHECK(verdict(kCard.substr(0, kCard.rfind('|'))) == "fields");
    CHECK(verdict("||||||") == "number");
    CHECK(verdict(std::string(5000, '|')) == "fields");
}

TEST_CASE("numbers that are none are refused") {
    for (const char* number : {"", "07909000123", "0790900012345", "07909000123a", "٠٧٩٠٩٠٠٠١٢٣٤"})
        CHECK(verdictOf(0, number) == "number");
    for (const char* old : {"12345678", "1234567890", "12345678a"}) CHECK(verdictOf(1, old) == "number");
}

TEST_CASE("names that are none are refused") {
    for (const std::string& name :
         {std::string(), std::string("123"), std::string("<script>alert(1)</script>"),
          std::string("../../etc/passwd"), std::string("'; DROP TABLE reports; --"), std::string("..."),
          std::string(101, 'A')})
        CHECK(verdictOf(2, name) == "name");
    CHECK(verdictOf(2, "H'Hen Niê") == "");
    CHECK(verdictOf(2, std::string("An\x1b[2J")) == "fields");
    CHECK(verdictOf(2, std::string("An\0B", 4)) == "fields");
    CHECK(verdictOf(2, "An\xFF") == "fields");
}

TEST_CASE("days that were none are refused") {
    for (const char* day :
         {"", "31021990", "00011990", "01131990", "0101199", "010119900", "1990-1-1", "01011899", "0a011990"})
        CHECK(verdictOf(3, day) == "date");
    CHECK(verdictOf(3, "29022000") == "mismatch");  // there was such a day
    CHECK(verdictOf(6, "31042021") == "date");
    CHECK(verdictOf(6, "01011990") == "date");  // before the birth
}

TEST_CASE("a number of another year, century or sex is refused") {
    CHECK(verdictOf(0, "079091001234") == "mismatch");
    CHECK(verdictOf(0, "079190001234") == "mismatch");
    CHECK(verdictOf(0, "079290001234") == "mismatch");
    CHECK(verdictOf(3, "02011991") == "mismatch");
    CHECK(verdictOf(4, "male") == "sex");
    CHECK(verdictOf(4, "") == "sex");
}
