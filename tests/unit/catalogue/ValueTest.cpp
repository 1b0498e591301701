#include "catalogue/Value.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace tram::catalogue;
using nlohmann::json;

namespace {

Field of(FieldType type) {
    Field field;
    field.id = "f";
    field.type = type;
    if (type == FieldType::Choice) field.choices = {{"gpp", {"Đạt", "Yes"}}};
    return field;
}

json value(FieldType type, std::string_view cell) {
    const auto read = readValue(of(type), cell);
    if (!read) return "refused " + std::string(read.error().fact("expected"));
    CHECK(isValue(of(type), *read));
    return *read;
}

}  // namespace

TEST_CASE("Cells become values of their type") {
    CHECK(value(FieldType::Text, "12 Lê Lợi") == "12 Lê Lợi");
    CHECK(value(FieldType::Prose, "Một\nHai") == "Một\nHai");
    CHECK(value(FieldType::List, "Đơn\nGiấy khai sinh") == json({"Đơn", "Giấy khai sinh"}));
    CHECK(value(FieldType::Choice, "gpp") == "gpp");
    CHECK(value(FieldType::Number, "1200") == 1200);
    CHECK(value(FieldType::Money, "0") == 0);
    CHECK(value(FieldType::Date, "2024-02-29") == "2024-02-29");
    CHECK(value(FieldType::Hours, "Mo-Fr 07:30-17:00") == "Mo-Fr 07:30-17:00");
    CHECK(value(FieldType::Phone, "+84 28 3829 7005") == "+84 28 3829 7005");
    CHECK(value(FieldType::Phone, "1022") == "1022");
    CHECK(value(FieldType::Link, "https://hcmc.gov.vn/tin/1?a=b#c") == "https://hcmc.gov.vn/tin/1?a=b#c");
}

TEST_CASE("Cells that are not of their type are refused by name") {
    const auto refused = [](FieldType type, const char* expected, std::vector<std::string_view> cells) {
        for (const auto cell : cells) {
            INFO(cell);
            CHECK(value(type, cell) == std::string("refused ") + expected);
        }
    };
    refused(FieldType::Text, "text", {"", "a\nb", "a\u202Eb", " a", "\xff", std::string_view("a\0b", 3)});
    refused(FieldType::Text, "text", {std::string(301, 'a')});
    refused(FieldType::List, "list", {"", "a\n", "a\n\nb"});
    refused(FieldType::Choice, "choice", {"GPP", "x"});
    refused(FieldType::Number, "number", {"", "-1", "1.000", "01", "1e3", "9999999999999999"});
    refused(FieldType::Money, "money", {"20.000", "miễn phí"});
    refused(FieldType::Date, "date", {"2023-02-29", "29/02/2024", "2024-13-01", "1899-01-01", "2024-1-1"});
    refused(FieldType::Hours, "hours", {"8h-17h"});
    refused(FieldType::Phone, "phone", {"12", "call me", "0903-123", "1234567890123456"});
    refused(FieldType::Link, "link",
            {"http://hcmc.gov.vn", "https://hcmc", "https://a@hcmc.gov.vn", "https://hcmc.gov.vn:81/",
             "https://HCMC.gov.vn", "https://hcmc.gov.vn/\"><script>", "javascript:alert(1)",
             "https://hcmc.gov.vn\\@x.vn", "https://hcmc.gov.vn/ "});
}

TEST_CASE("Values of a pack are judged as strictly as cells") {
    CHECK_FALSE(isValue(of(FieldType::Text), 5));
    CHECK_FALSE(isValue(of(FieldType::Number), "5"));
    CHECK_FALSE(isValue(of(FieldType::Number), -5));
    CHECK_FALSE(isValue(of(FieldType::Number), 5.5));
    CHECK_FALSE(isValue(of(FieldType::List), json::array()));
    CHECK_FALSE(isValue(of(FieldType::List), json({"a", 1})));
    CHECK_FALSE(isValue(of(FieldType::List), json({"a\nb"})));
    CHECK_FALSE(isValue(of(FieldType::Text), nullptr));
}
