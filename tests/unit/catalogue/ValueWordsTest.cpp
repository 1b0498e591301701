#include "catalogue/ValueWords.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::catalogue;

namespace {

/// Says the key, and what was filled in.
std::string sayKey(std::string_view key, const base::Words::Values& values) {
    std::string all(key.substr(key.find('.') + 1));
    for (const auto& [name, value] : values) all += " " + name + "=" + value;
    return all;
}

std::string worded(const Field& field, FieldValue value, const char* language = "vi") {
    value.field = &field;
    return ValueWords(language, sayKey).text(value);
}

std::string hours(const char* written) {
    return worded({.id = "hours", .type = FieldType::Hours}, {.text = written});
}

}  // namespace

TEST_CASE("Numbers and money are grouped as the language has it") {
    const Field pupils{.id = "pupils", .type = FieldType::Number, .unit = {"học sinh", "pupils"}};
    CHECK(worded(pupils, {.number = 1110}) == "1.110 học sinh");
    CHECK(worded(pupils, {.number = 1110}, "en") == "1,110 pupils");
    CHECK(worded({.id = "n", .type = FieldType::Number}, {.number = 7}) == "7");
    const Field fee{.id = "fee", .type = FieldType::Money};
    CHECK(worded(fee, {.number = 0}) == "free");
    CHECK(worded(fee, {.number = 8000}) == "money amount=8.000");
    CHECK(worded(fee, {.number = 8000}, "en") == "money amount=8,000");
    CHECK(number(999, "vi") == "999");
    CHECK(number(1'000'000, "vi") == "1.000.000");
    CHECK(number(-100, "vi") == "-100");
    CHECK(number(-1000, "vi") == "-1.000");
}

TEST_CASE("Days are written day first, in the city's own time zone") {
    CHECK(worded({.id = "ends", .type = FieldType::Date}, {.text = "2026-11-29"}) == "29/11/2026");
    CHECK(day("2026-11-28T18:30:00Z") == "29/11/2026");
    CHECK(day("2026-11-28") == "28/11/2026");  // a date alone is one of the city
    CHECK(day("soon").empty());
}

TEST_CASE("A choice is read by its label, one that the kind does not know as it stands") {
    const Field level{
        .id = "level", .type = FieldType::Choice, .choices = {{"thcs", {"THCS", "Lower secondary"}}}};
    CHECK(worded(level, {.text = "thcs"}, "en") == "Lower secondary");
    CHECK(worded(level, {.text = "x"}) == "x");
}

TEST_CASE("Opening hours are told by groups of days") {
    CHECK(hours("24/7") == "hours.every_day: hours.always");
    CHECK(hours("Mo-Fr 07:30-11:30,13:00-17:00; Sa,Su 08:00-24:00; PH off") ==
          "hours.days from=day.0 to=day.4: 07:30–11:30, 13:00–17:00\n"
          "hours.two first=day.5 second=day.6: 08:00–24:00\n"
          "hours.holidays: hours.closed");
    CHECK(hours("Mo-Sa 08:00-12:00") == "hours.days from=day.0 to=day.5: 08:00–12:00\nday.6: hours.closed");
    CHECK(hours("whenever") == "whenever");
}

TEST_CASE("A list has a line for each, a text stands as it was published") {
    CHECK(worded({.id = "papers", .type = FieldType::List}, {.lines = {"Tờ khai", "Căn cước"}}) ==
          "• Tờ khai\n• Căn cước");
    CHECK(worded({.id = "about", .type = FieldType::Prose}, {.text = "a\nb"}) == "a\nb");
}

TEST_CASE("Links say where they lead, and phones what they dial") {
    CHECK(hostOf("https://vneid.gov.vn/a/b") == "vneid.gov.vn");
    CHECK(hostOf("https://vneid.gov.vn") == "vneid.gov.vn");
    CHECK(hostOf("x").empty());
    CHECK(dialled("(028) 3829.2929") == "tel:02838292929");
    CHECK(dialled("+84 28 3829") == "tel:+84283829");
}
