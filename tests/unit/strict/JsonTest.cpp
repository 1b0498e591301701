#include "strict/Json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

using namespace tram;
using base::ProblemKind;
using strict::parseJson;

namespace {

std::string nested(int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
}

std::string reason(std::string_view text) {
    const auto parsed = parseJson(text, 1u << 20);
    if (parsed) return "";
    return std::string(name(parsed.error().kind)) + " " + std::string(parsed.error().fact("detail"));
}

}  // namespace

TEST_CASE("JSON within the limits is read") {
    CHECK(parseJson(R"({"a":[1,2.5,-3,true,null,"Đ\u0111"]})", 100).value()["a"].size() == 6);
    CHECK(parseJson(" 7 ", 100).value() == 7);
    CHECK(reason(nested(16)) == "");
}

TEST_CASE("size, depth and count have an end") {
    CHECK(parseJson("[1]", 3));
    CHECK(parseJson("[1]", 2).error().kind == ProblemKind::TooLarge);
    CHECK(reason(nested(17)) == "malformed depth");
    CHECK(reason(nested(400'000)) == "malformed depth");
    std::string many = "[0";
    for (int i = 0; i < 20'000; ++i) many += ",0";
    CHECK(reason(many + "]") == "malformed count");
}

TEST_CASE("a member stands once") {
    CHECK(reason(R"({"a":1,"a":1})") == "malformed duplicate");
    CHECK(reason(R"({"a":1,"\u0061":1})") == "malformed duplicate");
    CHECK(reason(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})") == "");
}

TEST_CASE("what is not JSON is refused") {
    for (const char* text : {"", " ", "{", "{\"a\":1,}", "[1,]", "{'a':1}", "// x\n1", "NaN", "1e999",
                             "\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\\ud800\"", "1 2", "<html>",
                             "\xEF\xBB\xBF[", "01", "\"\n\"", "+1"}) {
        CAPTURE(text);
        CHECK(reason(text) == "malformed syntax");
    }
    CHECK(reason(std::string_view("[1]\0", 4)) == "malformed syntax");
}

TEST_CASE("any bytes are survived") {
    std::mt19937 random(8259);
    static constexpr char kPool[] = "{}[]\",:0123456789.eE+-truefalsn\\u \n\xC4\x91\xFF";
    for (int i = 0; i < 20'000; ++i) {
        std::string text(random() % 40, ' ');
        for (char& c : text) c = kPool[random() % (sizeof kPool - 1)];
        if (const auto value = parseJson(text, 40))
            REQUIRE(parseJson(strict::dumpJson(*value), 4000).value() == *value);
    }
}

TEST_CASE("what is written is well-formed UTF-8 whatever is in it") {
    CHECK(strict::dumpJson({{"b", "\xFF"}, {"a", 1}}) == "{\"a\":1,\"b\":\"\xEF\xBF\xBD\"}");
}
