#include "catalogue/Hours.h"

#include <catch2/catch.hpp>
#include <string>

using tram::catalogue::Day;
using tram::catalogue::Hours;

TEST_CASE("Opening hours as offices keep them") {
    const auto hours = Hours::parse("Mo-Fr 07:30-11:30,13:00-17:00; Sa 07:30-11:30; PH off");
    REQUIRE(hours);
    CHECK(hours->openAt(0, 450));
    CHECK_FALSE(hours->openAt(0, 449));
    CHECK_FALSE(hours->openAt(4, 12 * 60));
    CHECK(hours->openAt(4, 16 * 60 + 59));
    CHECK_FALSE(hours->openAt(4, 17 * 60));
    CHECK(hours->openAt(5, 8 * 60));
    CHECK_FALSE(hours->openAt(5, 14 * 60));
    CHECK(hours->week[6].empty());
    CHECK(hours->holidays == Day());
}

TEST_CASE("A later rule replaces an earlier one for its days") {
    const auto hours = Hours::parse("Mo-Su 08:00-20:00; We off; Sa-Mo 09:00-24:00");
    REQUIRE(hours);
    CHECK(hours->week[1] == Day{{480, 1200}});
    CHECK(hours->week[2].empty());
    for (const std::size_t day : {5u, 6u, 0u}) CHECK(hours->week[day] == Day{{540, 1440}});
    CHECK_FALSE(hours->holidays);
}

TEST_CASE("Round the clock") {
    const auto hours = Hours::parse("24/7");
    REQUIRE(hours);
    for (int day = 0; day < 7; ++day) CHECK(hours->openAt(day, 1439));
}

TEST_CASE("The next turn is where it opens or closes, over midnights and weekends") {
    using Turn = Hours::Turn;
    const auto office = Hours::parse("Mo-Fr 07:30-11:30,13:00-17:00");
    REQUIRE(office);
    CHECK(office->nextTurn(0, 0) == Turn{true, 0, 450});
    CHECK(office->nextTurn(0, 450) == Turn{false, 0, 690});
    CHECK(office->nextTurn(0, 690) == Turn{true, 0, 780});
    CHECK(office->nextTurn(4, 17 * 60) == Turn{true, 3, 450});
    CHECK(office->nextTurn(6, 600) == Turn{true, 1, 450});
    const auto bar = Hours::parse("Fr 18:00-24:00; Sa 00:00-02:00");
    REQUIRE(bar);
    CHECK(bar->nextTurn(4, 20 * 60) == Turn{false, 1, 120});
    CHECK(bar->nextTurn(5, 120) == Turn{true, 6, 18 * 60});
    const auto weekend = Hours::parse("Sa-Su 00:00-24:00");
    REQUIRE(weekend);
    CHECK(weekend->nextTurn(5, 0) == Turn{false, 2, 0});
    const auto monday = Hours::parse("Mo 08:00-09:00");
    REQUIRE(monday);
    CHECK(monday->nextTurn(0, 600) == Turn{true, 7, 480});
    for (const char* never : {"24/7", "Mo-Su off"}) CHECK_FALSE(Hours::parse(never)->nextTurn(3, 700));
}

TEST_CASE("What is no opening hours is refused") {
    for (const char* text :
         {"", ";", "Mo", "Mo ", "Mo-Fr", "Mo 8:00-17:00", "Mo 08:00", "Mo 08:00-08:00", "Mo 17:00-08:00",
          "Mo 08:00-24:01", "Mo 08:60-09:00", "Mo 08:00-12:00,11:00-13:00", "Xx 08:00-12:00", "Mo-PH off",
          "Mo,, off", "08:00-17:00", "Mo-Fr 08:00-17:00;", "T2-T6 08:00-17:00"})
        CHECK_FALSE(Hours::parse(text));
    CHECK_FALSE(Hours::parse(std::string(100'000, ',')));
}
