#include "gateway/http/Bodies.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::gateway;

TEST_CASE("envelopes are cut out of their batch to the byte") {
    const std::string first = R"({ "a" : "}]\"{" , "b":[{"c":{}}] })", second = "{}";
    const std::string body = " {\n \"actions\" : [ " + first + " ,\t" + second + " ] } \n";
    const auto slices = sliceActions(body, 100);
    REQUIRE(slices);
    REQUIRE(slices->size() == 2);
    CHECK((*slices)[0] == first);
    CHECK((*slices)[1] == second);
}

TEST_CASE("what is not a batch is not cut") {
    for (const char* body :
         {"", " ", "{", "[]", "null", "{\"actions\":{}}", "{\"actions\":[[]]}", "{\"actions\":[{},]}",
          "{\"actions\":[{}],\"x\":1}", "{\"x\":1,\"actions\":[{}]}", "{\"actions\":[{}]}{}",
          "{\"actions\":[{\"a\":\"}]}", "{\"\\u0061ctions\":[{}]}", "{\"actions\":[{} {}]}"}) {
        INFO(body);
        const auto slices = sliceActions(body, 100);
        REQUIRE_FALSE(slices);
        CHECK(slices.error().kind == base::ProblemKind::Malformed);
    }
    CHECK(sliceActions("{\"actions\":[{},{},{}]}", 2).error().kind == base::ProblemKind::TooLarge);
    const std::string deep = "{\"actions\":[" + std::string(100'000, '[') + std::string(100'000, ']') + "]}";
    CHECK_FALSE(sliceActions(deep, 100));
}

TEST_CASE("forms: escapes, and no name twice") {
    const auto form = parseForm("a=1+2&b=%C3%A2%3D&c=");
    REQUIRE(form);
    CHECK(form->at("a") == "1 2");
    CHECK(form->at("b") == "â=");
    CHECK(form->at("c").empty());
    CHECK_FALSE(parseForm("a=1&a=2"));
    CHECK_FALSE(parseForm("a=%G0"));
    CHECK_FALSE(parseForm("a=%4"));
}

TEST_CASE("content ranges") {
    const auto range = parseContentRange("bytes 100-199/1000");
    REQUIRE(range);
    CHECK(range->first == 100);
    CHECK(range->last == 199);
    CHECK(range->total == 1000);
    for (const char* wrong :
         {"", "bytes", "bytes 0-9", "bytes 0-9/*", "bytes */10", "bytes 9-0/10", "bytes 0-10/10",
          "bytes -1-9/10", "bytes 0-9/10 ", "Bytes 0-9/10", "bytes 0-99999999999999999999999/10"})
        CHECK_FALSE(parseContentRange(wrong));
}

TEST_CASE("a form's part is found by its name, whole or not at all") {
    const auto boundary = boundaryOf("multipart/form-data; boundary=\"AB\"");
    CHECK(boundary == "AB");
    CHECK(boundaryOf("multipart/form-data; boundary=AB; charset=utf-8") == "AB");
    for (const std::string wrong :
         {"", "multipart/form-data", "text/plain; boundary=AB", "multipart/form-data; boundary="})
        CHECK(boundaryOf(wrong).empty());
    const auto part = [&](const std::string& form) { return formPart(form, boundary, "picture"); };
    const std::string
        head = "\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"x\"\r\n\r\n",
        other = "\r\nContent-Disposition: form-data; name=\"other\"; filename=\"picture\"\r\n\r\nno";
    CHECK(part("--AB" + head + "yes\r\n--A\r\n--AB--\r\n") == "yes\r\n--A");
    CHECK(part("before\r\n--AB" + other + "\r\n--AB" + head + "yes\r\n--AB--") == "yes");
    CHECK(part("--AB" + head + "\r\n--AB--\r\n") == "");
    CHECK_FALSE(part("--AB" + other + "\r\n--AB--\r\n"));
    const auto whole = "--AB" + head + "yes\r\n--AB";
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(part(whole.substr(0, size)));
}
