#include "identity/CitizenCard.h"

#include <catch2/catch.hpp>

#include <random>

#include "base/VietnameseText.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using identity::CitizenCard;

namespace {

const std::string kCard =
    "079090001234|025123456|Nguyễn Văn An|02011990|Nam|12 Nguyễn Huệ, Phường Sài Gòn, TP. Hồ Chí "
    "Minh|25042021";

const char* const kToday = "2026-11-21T09:41:07.250+07:00";
base::Result<CitizenCard> read(const std::string& text, const char* at = kToday) {
    test::FakeClock clock;
    clock.set(at);
    return CitizenCard::read(text, clock.wall());
}
/// "" when read, else the detail.
std::string verdict(const std::string& text, const char* at = kToday) {
    const auto card = read(text, at);
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
    const auto card = read(kCard);
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
    const auto card = read(with(2, "Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An"));
    REQUIRE(card);
    CHECK(card->name.reveal() == "Nguyễn Văn An");
    CHECK(verdict("079190001234||Bé|02011990|Nu\xCC\x9B\xCC\x83|Củ Chi|25042021") == "");
}

TEST_CASE("what stands after the seventh field may be a relative's and changes nothing") {
    const auto plain = read(kCard);
    const auto more = read(kCard + "|079060000001|Nguyễn Văn Cha|\x01|\xFF|079165000002|Trần Thị Mẹ");
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

TEST_CASE("names as real people have them are read") {
    for (const char* name : {"NGUYỄN THỊ ÚT",
                             "H'Hen Niê",
                             "H\u2019Hen Niê",
                             "Y Blŏ Êban",
                             "Đặng Ŭn",
                             "K'Brơih",
                             "Anna-Maria Müller",
                             "Sinéad O\u2019Connor",
                             "Ka\u02BBiulani",
                             "J.R.R. Tolkien",
                             "Łukasz Żółć",
                             "Nuñez Gonçalves",
                             "Ægir Þórðarson",
                             "Əliyeva",
                             "Pol\u00B7la",
                             "'t Hooft",
                             "Jean\u2010Luc",
                             "A",
                             "Ng",
                             "M\u0331\u0308a"})  // marks for which there is no whole letter
        CHECK(verdictOf(2, name) == "");
}

TEST_CASE("names of what nobody is called by are refused") {
    for (const char* name : {"Nguyễn 😀",
                             "😀",
                             "An 👨\u200D👩\u200D👧",
                             "An \u2764\uFE0F",
                             "An2",
                             "An ٣",
                             "An ३",
                             "An ２",
                             "An ²",
                             "An Ⅷ",
                             "An ½",
                             "Ⓐnna",
                             "𝐀nna",
                             "An_B",
                             "An, B",
                             "An/B",
                             "An & B",
                             "An\u20AC",
                             "An\u2603",
                             "An\u20E3",
                             "Nguy\u0435n",
                             "阮文安",
                             "Αnna",
                             "\u0301",
                             "-",
                             "' '",
                             "An\u2014B",
                             "An\u00AB",
                             "An\uFFFC"})
        CHECK(verdictOf(2, name) == "name");
}

/// Whatever stands in it: a name that was read holds letters, marks and what joins them, or it was no name.
TEST_CASE("of names made at random only those in Latin letters are read") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](std::u32string_view of) {
        return of[std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random)];
    };
    const std::u32string_view good = U"anNĐêữŬ'.-\u2019\u0323\u02BB", bad = U"3٣३²ⅧⒶ😀❤жש字€_;<\u20E3";
    for (int i = 0; i < 2000; ++i) {
        std::u32string name = U"A";
        for (int length = static_cast<int>(random() % 12); length > 0; --length) name += any(good);
        CAPTURE(base::toUtf8(name));
        CHECK(verdictOf(2, base::toUtf8(name)) == "");
        name.insert(random() % (name.size() + 1), 1, any(bad));
        CHECK(verdictOf(2, base::toUtf8(name)) == "name");
    }
}

TEST_CASE("a card of the future is refused, by a clock that has not lost the time") {
    const auto issued = [](const char* day, const char* at) { return verdict(with(6, day), at); };
    CHECK(issued("21112026", kToday) == "");
    CHECK(issued("22112026", kToday) == "");  // a clock that is a day behind
    CHECK(issued("23112026", kToday) == "date");
    CHECK(issued("31122099", kToday) == "date");
    CHECK(issued("23112026", "2026-11-22T00:00:00+07:00") == "");  // midnight there, not in Greenwich
    CHECK(issued("23112026", "2026-11-21T23:59:59+07:00") == "date");
    for (const char* lost :
         {"1970-01-01T07:00:00+07:00", "2000-01-01T00:00:00+07:00", "2026-10-31T23:59:59+07:00"})
        CHECK(issued("25042027", lost) == "");  // a flat battery refuses no card
    CHECK(issued("02112026", "2026-11-01T00:00:00+07:00") == "");
    CHECK(issued("03112026", "2026-11-01T00:00:00+07:00") == "date");
    CHECK(issued("25042027", "2055-01-01T00:00:00+07:00") == "");
}

TEST_CASE("a card from before there were any is refused") {
    CHECK(verdictOf(6, "31121999") == "date");
    CHECK(verdictOf(6, "01012000") == "");
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
