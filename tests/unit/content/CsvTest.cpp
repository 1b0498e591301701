#include "content/Csv.h"

#include <catch2/catch.hpp>

using namespace tram;
using content::parseCsv;

namespace {

const std::vector<std::string> kColumns = {"a", "b"};

std::vector<std::vector<std::string>> fields(std::string_view csv) {
    const auto rows = parseCsv(csv, kColumns);
    REQUIRE(rows);
    std::vector<std::vector<std::string>> all;
    for (const auto& row : *rows) all.push_back(row.fields);
    return all;
}

base::Problem problem(std::string_view csv) {
    const auto rows = parseCsv(csv, kColumns);
    REQUIRE_FALSE(rows);
    return rows.error();
}

using Fields = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("a table is read whatever the line ends and byte order mark") {
    const Fields expected = {{"1", "Xã Cần Giờ"}, {"2", ""}};
    CHECK(fields("a,b\n1,Xã Cần Giờ\n2,\n") == expected);
    CHECK(fields("a,b\n1,Xã Cần Giờ\n2,") == expected);
    CHECK(fields("a,b\r\n1,Xã Cần Giờ\r\n2,\r\n") == expected);
    CHECK(fields("\xEF\xBB\xBF"
                 "a,b\n1,Xã Cần Giờ\n2,\n") == expected);
    CHECK(fields("a,b\n").empty());
}

TEST_CASE("quotes hold commas, line ends and doubled quotes (RFC 4180 §2)") {
    CHECK(fields("a,b\n\"x,y\",\"say \"\"xin\"\"\"\n") == Fields{{"x,y", "say \"xin\""}});
    CHECK(fields("a,b\n\"two\nlines\",2\n") == Fields{{"two\nlines", "2"}});
    CHECK(fields("a,b\n\"\",\"\"\n") == Fields{{"", ""}});
    CHECK(fields("\"a\",b\n1,2\n") == Fields{{"1", "2"}});
}

TEST_CASE("rows know the line they begin on") {
    const auto rows = parseCsv("a,b\n\"two\nlines\",2\n3,4\n", kColumns);
    REQUIRE(rows);
    CHECK(rows->at(0).line == 2);
    CHECK(rows->at(1).line == 4);
}

TEST_CASE("a table that is not one is refused with its line") {
    const auto [csv, line] = GENERATE(table<std::string, std::string>({
        {"", "1"},                   // no header
        {"a,c\n1,2\n", "1"},         // other columns
        {"a,b,c\n1,2,3\n", "1"},     // more columns
        {"a,b\n1,2\n3\n", "3"},      // a field short
        {"a,b\n1,2,3\n", "2"},       // one too many
        {"a,b\n\n1,2\n", "2"},       // an empty row is one empty field
        {"a,b\n1,2\"x\n", "2"},      // a quote inside a plain field
        {"a,b\n\"1\"x,2\n", "2"},    // text behind a quoted one
        {"a,b\n1,\"2\n3,4\n", "2"},  // never closed: where it was opened
        {"a,b\n1,2\r3,4\n", "2"},    // a bare CR ends nothing
        {"a,b\n1,\xC3\x28\n", "2"},  // not UTF-8
        {std::string("a,b\n1,\0\n", 8), "2"},
    }));
    CAPTURE(csv);
    const auto found = problem(csv);
    CHECK(found.kind == base::ProblemKind::Malformed);
    CHECK(found.fact("line") == line);
    CHECK_FALSE(found.fact("expected").empty());
}

TEST_CASE("a table without end is refused") {
    CHECK(problem(std::string(content::kMaxCsvBytes + 1, 'a')).kind == base::ProblemKind::TooLarge);
    std::string rows = "a,b\n";
    for (std::size_t i = 0; i <= content::CsvLimits().rows; ++i) rows += "1,2\n";
    CHECK(problem(rows).kind == base::ProblemKind::TooLarge);
}
