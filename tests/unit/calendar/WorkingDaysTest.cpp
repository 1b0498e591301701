#include "calendar/WorkingDays.h"

#include <catch2/catch.hpp>

#include "base/Files.h"

using namespace tram;
using calendar::WorkingDays;

namespace {

constexpr const char* kHeader = "date,kind,name_vi,name_en,source\n";

WorkingDays table(const std::string& rows) {
    auto read = WorkingDays::parse(kHeader + rows);
    REQUIRE(read);
    return *read;
}
calendar::Day day(std::string_view text) {
    const auto read = calendar::dayFrom(text);
    REQUIRE(read);
    return *read;
}
int left(const WorkingDays& days, std::string_view today, std::string_view promised) {
    const auto count = days.left(day(today), day(promised));
    REQUIRE(count);
    return count->days;
}

}  // namespace

TEST_CASE("a day is read only as YYYY-MM-DD, and only if it exists") {
    CHECK(calendar::toText(day("2026-02-28")) == "2026-02-28");
    CHECK(calendar::toText(day("0026-02-08")) == "0026-02-08");
    for (const char* none : {"", "2026-02-29", "2026-2-8", "2026/02/08", "20260208", "2026-13-01",
                             "2026-00-01", "2026-01-00", "2026-01-1x", "-026-01-01", "2026-01-01 "})
        CHECK_FALSE(calendar::dayFrom(none));
}

TEST_CASE("a day begins in the city, seven hours before it does in Greenwich") {
    base::WallTime time{};
    REQUIRE(base::fromRfc3339("2026-11-30T16:59:59Z", time));
    CHECK(calendar::toText(calendar::dayInCity(time)) == "2026-11-30");
    REQUIRE(base::fromRfc3339("2026-11-30T17:00:00Z", time));
    CHECK(calendar::toText(calendar::dayInCity(time)) == "2026-12-01");
}

TEST_CASE("working days leave out weekends, and today") {
    const WorkingDays days;
    CHECK(left(days, "2026-11-30", "2026-11-30") == 0);  // a Monday
    CHECK(left(days, "2026-11-30", "2026-12-01") == 1);
    CHECK(left(days, "2026-11-30", "2026-12-04") == 4);
    CHECK(left(days, "2026-11-30", "2026-12-07") == 5);
    CHECK(left(days, "2026-11-28", "2026-11-30") == 1);
}

TEST_CASE("late begins with the first working day after") {
    const WorkingDays days;
    CHECK(left(days, "2026-11-28", "2026-11-27") == 0);  // Saturday after the Friday
    CHECK(left(days, "2026-11-30", "2026-11-27") == -1);
    CHECK(left(days, "2026-12-07", "2026-11-27") == -6);
}

TEST_CASE("what was promised for a day off is due on the next working day") {
    const auto days =
        table("2026-04-27,holiday,Bù,In lieu,law\n2026-04-30,holiday,a,b,law\n2026-05-01,holiday,a,b,law\n");
    CHECK(left(days, "2026-04-24", "2026-04-26") == 1);  // due on Tuesday the 28th
    CHECK(left(days, "2026-04-29", "2026-04-30") == 1);  // due on Monday, the 4th of May
    CHECK(left(days, "2026-05-02", "2026-04-30") == 1);
    CHECK(left(days, "2026-05-04", "2026-04-30") == 0);
    CHECK(left(days, "2026-05-05", "2026-04-30") == -1);
}

TEST_CASE("a Saturday that takes a day's place is worked") {
    const auto days = table("2026-08-22,working_day,Bù,Swap,notice\n2026-08-31,holiday,Bù,Swap,notice\n");
    CHECK(left(days, "2026-08-21", "2026-08-24") == 2);
    CHECK(left(days, "2026-08-28", "2026-08-31") == 1);
    CHECK(days.works(day("2026-08-22")));
    CHECK_FALSE(days.works(day("2026-08-23")));
}

TEST_CASE("beyond what the table covers the count is rough") {
    const auto days = table(
        "2026-01-01,known_from,,,\n2027-06-30,known_to,,,\n2028-01-01,known_from,,,\n2028-12-31,known_to,,,"
        "\n");
    const auto rough = [&](const char* from, const char* to) {
        const auto count = days.left(day(from), day(to));
        REQUIRE(count);
        return count->rough;
    };
    CHECK_FALSE(rough("2026-11-30", "2026-12-18"));
    CHECK_FALSE(rough("2026-11-30", "2027-06-30"));
    CHECK(rough("2026-11-30", "2027-07-01"));
    CHECK(rough("2027-07-05", "2026-12-18"));
    CHECK(rough("2025-12-30", "2026-01-05"));
    CHECK(rough("2027-06-30", "2028-01-03"));
    CHECK(rough("2028-12-29", "2028-12-30"));  // a Saturday: due on a day that is not known
    CHECK(WorkingDays().left(day("2026-11-30"), day("2026-11-30"))->rough);
}

TEST_CASE("a span of decades is not counted") {
    CHECK_FALSE(WorkingDays().left(day("2026-11-30"), day("2076-11-30")));
    CHECK_FALSE(WorkingDays().left(day("2026-11-30"), day("1926-11-30")));
    CHECK(WorkingDays().left(day("2026-11-30"), day("2040-11-30")));
}

TEST_CASE("a table of holidays that is wrong names its line") {
    const std::string header = kHeader;
    const std::tuple<std::string, const char*> all[] = {
        {"day,kind\n", "1"},
        {header + "2026-02-30,holiday,a,b,c\n", "2"},
        {"# remark\n\n" + header + "# another\n2026-02-20,holliday,a,b,c\n", "5"},
        {header + "2026-02-20\n", "2"},
        {header + "2026-02-20,holiday,a,b,c\n2026-02-20,working_day,a,b,c\n", "3"},
        {header + "2026-02-20,known_to,,,\n", "2"},
        {header + "2026-02-20,known_from,,,\n2026-02-21,known_from,,,\n", "3"},
        {std::string(WorkingDays::kMostBytes + 1, '#'), "1"},
    };
    for (const auto& [csv, line] : all) {
        const auto read = WorkingDays::parse(csv);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == base::ProblemKind::BadConfig);
        CHECK(read.error().fact("line") == line);
        CHECK_FALSE(read.error().fact("expected").empty());
    }
    CHECK(WorkingDays::parse("\xEF\xBB\xBF" + header + "2026-02-20,holiday,a,b,c\r\n"));
}

TEST_CASE("the table that comes with the program is sound") {
    const auto text = base::readFile(TRAM_SOURCE_DIR "/resources/content/holidays.csv");
    REQUIRE(text);
    const auto days = WorkingDays::parse(*text);
    REQUIRE(days);
    CHECK_FALSE(days->works(day("2026-04-27")));  // the Kings' day is a Sunday: Bộ luật Lao động, article 111
    CHECK_FALSE(days->works(day("2026-09-02")));
    CHECK(days->left(day("2026-04-24"), day("2026-05-05"))->days == 4);
    CHECK_FALSE(days->left(day("2026-11-30"), day("2026-12-18"))->rough);
    CHECK(days->left(day("2026-11-30"), day("2027-02-03"))->rough);
}
