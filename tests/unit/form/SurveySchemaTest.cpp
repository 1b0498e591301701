// resources/api/schemas/survey.json, for editors, and the parser agree.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/Files.h"
#include "form/Form.h"

using namespace tram;
using nlohmann::json;

namespace {

json read(const std::string& file) {
    return json::parse(base::readFile(std::string(TRAM_SOURCE_DIR) + file).value());
}

bool schemaAccepts(const json& form) {
    static const auto schema = [] {
        auto made = std::make_unique<valijson::Schema>();
        const json document = read("/resources/api/schemas/survey.json");
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *made);
        return made;
    }();
    const json survey = {{"v", 1}, {"id", "mau"}, {"until", "2026-12-31"}, {"form", form}};
    static valijson::Validator validator;  // keeps the patterns it has compiled
    return validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(survey), nullptr);
}

/// Every member that there is.
json full() {
    return json::parse(R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a\nb", "en": "a"},
      "identity": "signed", "once": true, "sections": [
        {"title": {"vi": "a", "en": "a"}, "questions": [
          {"id": "how", "type": "one", "text": {"vi": "a", "en": "a"}, "help": {"vi": "a", "en": "a"}, "required": true,
           "options": [{"id": "good", "text": {"vi": "a", "en": "a"}}, {"id": "bad", "text": {"vi": "b", "en": "b"}}]},
          {"id": "what", "type": "several", "text": {"vi": "a", "en": "a"}, "least": 1, "most": 2,
           "options": [{"id": "x", "text": {"vi": "a", "en": "a"}}, {"id": "y", "text": {"vi": "b", "en": "b"}}]}]},
        {"questions": [
          {"id": "rate", "type": "scale", "text": {"vi": "a", "en": "a"}, "from": 0, "to": 5,
           "from_label": {"vi": "a", "en": "a"}, "to_label": {"vi": "a", "en": "a"},
           "when": {"question": "what", "answered": false}},
          {"id": "wait", "type": "number", "text": {"vi": "a", "en": "a"}, "least": -2, "most": 300,
           "whole": false, "unit": {"vi": "a", "en": "a"},
           "when": {"any": [{"question": "how", "is": "bad"}, {"all": [{"question": "rate", "at_most": 2}]}]}},
          {"id": "why", "type": "text", "text": {"vi": "a", "en": "a"}, "most": 20,
           "when": {"all": [{"question": "wait", "at_least": 2}, {"any": [{"question": "how", "is": "bad"}]}]}}]}]})");
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

/// What no schema can tell: what else stands in the form, and how long a text looks.
bool isBeyondSchemas(const form::Fault& fault) {
    static const std::set<std::string> kReasons = {"survey_id_once",    "survey_earlier", "survey_option",
                                                   "survey_of_numbers", "text",           "prose"};
    const auto depends = [&](const char* member) { return fault.at.ends_with(member); };
    return kReasons.contains(fault.expected) || (fault.expected.starts_with("survey_number:") &&
                                                 (depends(".most") || depends(".least") || depends(".to") ||
                                                  depends(".at_least") || depends(".at_most")));
}

struct Agreement {
    int both = 0, schemaLaxer = 0;

    void check(const json& changed, const std::string& what) {
        std::vector<form::Fault> faults;
        const bool parses = form::Form::parse(changed.dump(), faults).has_value();
        const bool accepts = schemaAccepts(changed);
        CAPTURE(what, accepts, faults.empty() ? "" : faults.front().at + " " + faults.front().expected);
        if (!accepts) CHECK_FALSE(parses);
        if (accepts && !parses) CHECK(std::ranges::all_of(faults, isBeyondSchemas));
        accepts == parses ? ++both : ++schemaLaxer;
    }
};

}  // namespace

TEST_CASE("Survey schema: takes what the parser takes") {
    CHECK(schemaAccepts(full()));
    REQUIRE(form::Form::parse(full().dump()));
    for (const auto* name : {"survey_meeting", "survey_park", "survey_service"}) {
        CAPTURE(name);
        CHECK(schemaAccepts(read("/resources/demo/city/" + std::string(name) + ".json").at("form")));
    }
}

TEST_CASE("Survey schema: agrees with the parser on every change of shape") {
    const std::vector<json> wrong = {
        nullptr, true, -1,     0.5, 11,      5'000,  1e30,     "",        "-a",          "a",
        "A b",   " a", "\x01", "Đ", "scale", "text", "number", "several", json::array(), json::object()};
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
    CHECK(agreement.both > 10 * agreement.schemaLaxer);
}

TEST_CASE("Survey schema: conditions are three deep at most, and ask one thing each") {
    json when = {{"question", "how"}, {"is", "bad"}};
    for (int depth = 1; depth < 5; ++depth) {
        CAPTURE(depth);
        auto form = full();
        form["sections"][1]["questions"][0]["when"] = when;
        CHECK(schemaAccepts(form) == (depth < 4));
        CHECK(form::Form::parse(form.dump()).has_value() == (depth < 4));
        when = {{"all", {when}}};
    }
    auto form = full();
    form["sections"][1]["questions"][0]["when"] = {{"question", "how"}, {"is", "bad"}, {"answered", true}};
    CHECK_FALSE(schemaAccepts(form));
    CHECK_FALSE(form::Form::parse(form.dump()));
}
