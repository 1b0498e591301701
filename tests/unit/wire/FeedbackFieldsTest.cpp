#include "wire/FeedbackFields.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::FeedbackFields;

TEST_CASE("fields come back whole") {
    const auto sent = fields();
    const auto read = FeedbackFields::parse(sent.toJson());
    REQUIRE(read);
    CHECK(read->version == 3);
    CHECK(read->anonymousAllowed);
    CHECK(read->maxPictures == 5);
    REQUIRE(read->fields.size() == 2);
    CHECK(read->fields[0].label.in("vi") == "Cấp thoát nước");
    CHECK(read->fields[0].label.in("en") == "Water");
    CHECK(read->fields[0].sentences.size() == 1);
    CHECK(read->fields[1].icon == "traffic");
    CHECK(read->toJson() == sent.toJson());
}

TEST_CASE("fields are read strictly") {
    const auto refused = [](auto change) {
        auto body = json::parse(fields().toJson());
        change(body);
        return !FeedbackFields::parse(body.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK(refused([](json& f) { f["v"] = 2; }));
    CHECK(refused([](json& f) { f["version"] = 0; }));
    CHECK(refused([](json& f) { f["version"] = 2147483648u; }));
    CHECK(refused([](json& f) { f["more"] = 1; }));
    CHECK(refused([](json& f) { f["anonymous_allowed"] = 1; }));
    CHECK(refused([](json& f) { f["max_characters"] = 10'001; }));
    CHECK(refused([](json& f) { f["fields"] = json::array(); }));
    CHECK(refused([](json& f) { f["fields"][1]["id"] = f["fields"][0]["id"]; }));  // the same twice
    CHECK(refused([](json& f) { f["fields"][0]["label"].erase("en"); }));
    CHECK(refused([](json& f) { f["fields"][0]["label"]["vi"] = ""; }));
    CHECK(refused([](json& f) { f["fields"][0]["icon"] = "<b>"; }));
    CHECK(refused([](json& f) { f["fields"][0]["sentences"] = json(41, f["fields"][0]["label"]); }));
}
