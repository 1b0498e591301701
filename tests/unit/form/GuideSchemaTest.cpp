// resources/api/schemas/guide.json, for editors, and the parser agree.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/Files.h"
#include "form/Guide.h"

using namespace tram;
using nlohmann::json;

namespace {

json read(const std::string& file) {
    return json::parse(base::readFile(std::string(TRAM_SOURCE_DIR) + file).value());
}

bool schemaAccepts(const json& guide) {
    static const auto schema = [] {
        auto made = std::make_unique<valijson::Schema>();
        const json document = read("/resources/api/schemas/guide.json");
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *made);
        return made;
    }();
    const json source = {{"v", 1}, {"id", "mau"}, {"topic", "ung-dung"}, {"guide", guide}};
    static valijson::Validator validator;  // keeps the patterns it has compiled
    return validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(source), nullptr);
}

/// Every member that there is.
json full() {
    return json::parse(R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a", "en": "a"},
      "app": {"name": "a", "android": "a.b", "ios": "123456", "page": "https://vneid.gov.vn/x?y=1"},
      "steps": [
        {"id": "one", "platform": "any", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}, {"vi": "b", "en": "b"}],
         "link": "store", "wifi": true, "warning": {"vi": "a", "en": "a"}, "next": {"vi": "a", "en": "a"},
         "branches": [{"label": {"vi": "a", "en": "a"}, "goto": "three"}]},
        {"id": "two", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}], "next": {"vi": "a", "en": "a"}, "goto": "end",
         "link": "https://vneid.gov.vn/",
         "picture": {"spoken": {"vi": "a", "en": "a"}, "rows": [{"row": "bar", "text": {"vi": "a", "en": "a"}}, {"row": "camera"},
           {"row": "app", "text": {"vi": "a", "en": "a"}, "button": {"vi": "a", "en": "a"}, "finger": true}]}},
        {"id": "three", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}], "next": {"vi": "a", "en": "a"}}],
      "trouble": [{"id": "full", "platform": "android", "cause": {"vi": "a", "en": "a"}, "what": [{"vi": "a", "en": "a"}]}],
      "fakes": [{"vi": "a", "en": "a"}], "no_smartphone": [{"vi": "a", "en": "a"}],
      "outcomes": [{"id": "installed", "label": {"vi": "a", "en": "a"}, "next": {"vi": "a", "en": "a"}},
                   {"id": "not_done:full", "label": {"vi": "a", "en": "a"}}]})");
}

std::vector<json::json_pointer> places(const json& value,
                                       const json::json_pointer& at = json::json_pointer()) {
    std::vector<json::json_pointer> all = {at};
    const auto add = [&](const json& item, const json::json_pointer& place) {
        const auto more = places(item, place);
        all.insert(all.end(), more.begin(), more.end());
    };
    if (value.is_object())
        for (const auto& [key, item] : value.items()) add(item, at / key);
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i) add(value[i], at / i);
    return all;
}

/// What no schema can tell: what else stands in the guide, and how long a text looks.
bool isBeyondSchemas(const form::Fault& fault) {
    static const std::set<std::string> kReasons = {
        "survey_id_once", "text",           "guide_goto",     "guide_unreached",
        "guide_endless",  "guide_no_steps", "guide_outcomes", "guide_other_phone"};
    // "store" without an app.
    return kReasons.contains(fault.expected) ||
           (fault.expected == "guide_link" && fault.at.ends_with(".link"));
}

struct Agreement {
    int both = 0, schemaLaxer = 0;

    void check(const json& changed, const std::string& what) {
        std::vector<form::Fault> faults;
        const bool parses = form::Guide::parse(changed.dump(), faults).has_value();
        const bool accepts = schemaAccepts(changed);
        CAPTURE(what, accepts, faults.empty() ? "" : faults.front().at + " " + faults.front().expected);
        if (!accepts) CHECK_FALSE(parses);
        if (accepts && !parses) CHECK(std::ranges::all_of(faults, isBeyondSchemas));
        accepts == parses ? ++both : ++schemaLaxer;
    }
};

}  // namespace

TEST_CASE("Guide schema: takes what the parser takes") {
    CHECK(schemaAccepts(full()));
    REQUIRE(form::Guide::parse(full().dump()));
    const auto pack = read("/resources/demo/city/pack.json");
    for (const auto& source : pack.at("sources")) {
        if (source.at("kind") != "guide") continue;
        const auto file = source.at("file").get<std::string>();
        CAPTURE(file);
        const auto guide = read("/resources/demo/city/" + file).at("guide");
        CHECK(schemaAccepts(guide));
        CHECK(form::Guide::parse(guide.dump()));
    }
}

TEST_CASE("Guide schema: agrees with the parser on every change of shape") {
    const std::vector<json> wrong = {nullptr,       true,          -1,        0.5,    "",    "-a",
                                     "a",           "A b",         " a",      "\x01", "Đ",   "store",
                                     "bar",         "camera",      "android", "done", "end", "https://a.vn/",
                                     json::array(), json::object()};
    Agreement agreement;
    const auto whole = full();
    for (const auto& place : places(whole)) {
        for (const auto& value : wrong) {
            auto changed = whole;
            changed[place] = value;
            agreement.check(changed, place.to_string() + " = " + value.dump());
        }
        auto changed = whole;
        if (whole[place].is_object()) changed[place]["unforeseen"] = 1;
        if (whole[place].is_array()) changed[place] = json(json::array_t(61, whole[place].at(0)));
        if (changed != whole) agreement.check(changed, "more at " + place.to_string());
        if (place.empty()) continue;
        auto less = whole;
        auto& parent = less[place.parent_pointer()];
        parent.is_object() ? void(parent.erase(place.back())) : parent.erase(std::stoul(place.back()));
        agreement.check(less, "- " + place.to_string());
    }
    CHECK(agreement.both > 5 * agreement.schemaLaxer);
}
