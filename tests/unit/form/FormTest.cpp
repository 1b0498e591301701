#include "form/Form.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace tram::form;
using nlohmann::json;

/// One question of each type; the last two are asked only after certain answers.
json sample() {
    return json::parse(R"({"v": 1, "title": {"vi": "Khảo sát", "en": "Survey"},
      "intro": {"vi": "Dữ liệu mẫu", "en": "Sample data"}, "identity": "anonymous", "sections": [
        {"title": {"vi": "Một", "en": "One"}, "questions": [
          {"id": "how", "type": "one", "text": {"vi": "a", "en": "a"}, "required": true,
           "options": [{"id": "good", "text": {"vi": "a", "en": "a"}}, {"id": "bad", "text": {"vi": "b", "en": "b"}}]},
          {"id": "what", "type": "several", "text": {"vi": "a", "en": "a"}, "least": 1, "most": 2,
           "options": [{"id": "x", "text": {"vi": "a", "en": "a"}}, {"id": "y", "text": {"vi": "b", "en": "b"}},
                       {"id": "z", "text": {"vi": "c", "en": "c"}}]}]},
        {"questions": [
          {"id": "rate", "type": "scale", "text": {"vi": "a", "en": "a"}, "from": 1, "to": 5,
           "from_label": {"vi": "kém", "en": "poor"}},
          {"id": "wait", "type": "number", "text": {"vi": "a", "en": "a"}, "least": 0, "most": 300,
           "whole": false, "unit": {"vi": "phút", "en": "minutes"},
           "when": {"any": [{"question": "how", "is": "bad"}, {"question": "rate", "at_most": 2}]}},
          {"id": "why", "type": "text", "text": {"vi": "a", "en": "a"}, "most": 20, "required": true,
           "when": {"all": [{"question": "how", "is": "bad"}, {"question": "what", "answered": true}]}}]}]})");
}

std::vector<Fault> faultsOf(const json& form) {
    std::vector<Fault> faults;
    const auto read = Form::parse(form.dump(1), faults);
    CHECK(read.has_value() == faults.empty());
    return faults;
}

/// The only fault, as "place expected".
std::string fault(const json& form) {
    const auto faults = faultsOf(form);
    return faults.size() == 1
               ? faults[0].at + " " + faults[0].expected.substr(0, faults[0].expected.find(':'))
               : std::to_string(faults.size()) + " faults";
}

json& question(json& form, std::size_t section, std::size_t at) {
    return form["sections"][section]["questions"][at];
}

}  // namespace

TEST_CASE("Form: all that it declares") {
    const auto form = Form::parse(sample().dump());
    REQUIRE(form);
    CHECK(form->title.en == "Survey");
    CHECK(form->identity == Identity::Anonymous);
    CHECK_FALSE(form->once);
    REQUIRE(form->sections.size() == 2);
    CHECK(form->sections[1].title.vi.empty());
    REQUIRE(form->questions().size() == 5);
    const auto& how = *form->question("how");
    CHECK(how.required);
    CHECK(how.option("bad")->text.vi == "b");
    CHECK_FALSE(how.option("worse"));
    const auto& what = *form->question("what");
    CHECK((what.least == 1 && what.most == 2));
    const auto& rate = *form->question("rate");
    CHECK((rate.least == 1 && rate.most == 5));
    CHECK(rate.leastLabel.en == "poor");
    CHECK(rate.mostLabel.en.empty());
    CHECK_FALSE(form->question("wait")->whole);
    const auto& why = *form->question("why");
    CHECK(why.most == 20);
    REQUIRE(why.when);
    CHECK(why.when->test == Condition::Test::All);
    REQUIRE(why.when->parts.size() == 2);
    CHECK(why.when->parts[0].option == "bad");
    CHECK(why.when->parts[1].test == Condition::Test::Answered);
    CHECK_FALSE(form->question("else"));
}

TEST_CASE("Form: what is not said") {
    auto form = sample();
    question(form, 0, 1).erase("least");
    question(form, 0, 1).erase("most");
    question(form, 1, 1).erase("most");
    question(form, 1, 2).erase("most");
    const auto read = Form::parse(form.dump());
    REQUIRE(read);
    CHECK(read->question("what")->most == 3);
    CHECK(read->question("wait")->most == Form::kMaxNumber);
    CHECK(read->question("why")->most == 500);
}

TEST_CASE("Form: each fault by its place") {
    auto form = sample();
    SECTION("members") {
        form["colour"] = "red";
        CHECK(fault(form) == "colour survey_member");
    }
    SECTION("a member nobody could mean") {
        form[std::string("a\tb")] = "red";
        CHECK(fault(form) == " survey_member");
    }
    SECTION("one language") {
        question(form, 0, 0)["options"][1]["text"].erase("en");
        CHECK(fault(form) == "sections[0].questions[0].options[1].text.en required");
    }
    SECTION("a text with something invisible") {
        question(form, 0, 0)["text"]["vi"] = "a\u202e";
        CHECK(fault(form) == "sections[0].questions[0].text.vi text");
    }
    SECTION("a type") {
        question(form, 0, 0)["type"] = "all";
        CHECK(faultsOf(form).front().at == "sections[0].questions[0].type");
    }
    SECTION("ids once") {
        question(form, 1, 0)["id"] = "wait";
        CHECK(faultsOf(form).front().at == "sections[1].questions[1].id");
    }
    SECTION("options once") {
        question(form, 0, 0)["options"][1]["id"] = "good";
        CHECK(faultsOf(form).front().expected == "survey_id_once");
    }
    SECTION("two options at least") {
        question(form, 0, 1)["options"] = json::array();
        question(form, 0, 1).erase("least");
        question(form, 0, 1).erase("most");
        CHECK(fault(form) == "sections[0].questions[1].options survey_list");
    }
    SECTION("no more may be chosen than there is") {
        question(form, 0, 1)["most"] = 4;
        CHECK(fault(form) == "sections[0].questions[1].most survey_number");
    }
    SECTION("a scale the wrong way round") {
        question(form, 1, 0)["to"] = 1;
        CHECK(fault(form) == "sections[1].questions[0].to survey_number");
    }
    SECTION("a member of another type of question") {
        question(form, 1, 0)["options"] = json::array();
        CHECK(fault(form) == "sections[1].questions[0].options survey_member");
    }
    SECTION("a later question") {
        question(form, 0, 1)["when"] = {{"question", "rate"}, {"at_least", 3}};
        CHECK(fault(form) == "sections[0].questions[1].when.question survey_earlier");
    }
    SECTION("itself") {
        question(form, 0, 1)["when"] = {{"question", "what"}, {"answered", true}};
        CHECK(fault(form) == "sections[0].questions[1].when.question survey_earlier");
    }
    SECTION("an option that the other question has not") {
        question(form, 1, 0)["when"] = {{"question", "how"}, {"is", "x"}};
        CHECK(fault(form) == "sections[1].questions[0].when.is survey_option");
    }
    SECTION("a number of what has none") {
        question(form, 1, 0)["when"] = {{"question", "how"}, {"at_least", 2}};
        CHECK(fault(form) == "sections[1].questions[0].when.at_least survey_of_numbers");
    }
    SECTION("nothing asked of it") {
        question(form, 1, 0)["when"] = {{"question", "how"}};
        CHECK(fault(form) == "sections[1].questions[0].when.question survey_test");
    }
    SECTION("two tests at once") {
        question(form, 1, 0)["when"] = {{"question", "how"}, {"is", "bad"}, {"answered", true}};
        CHECK(fault(form) == "sections[1].questions[0].when.answered survey_member");
    }
    SECTION("too deep") {
        json when = {{"question", "how"}, {"is", "bad"}};
        for (int depth = 0; depth < 4; ++depth) when = {{"all", {when}}};
        question(form, 1, 0)["when"] = when;
        CHECK(fault(form) == "sections[1].questions[0].when.all[0].all[0].all survey_depth");
    }
    SECTION("too many questions") {
        for (int i = 0; i < 60; ++i) {
            auto another = question(form, 1, 0);
            another["id"] = "q" + std::to_string(i);
            form["sections"][i % 2]["questions"].push_back(another);
        }
        CHECK(fault(form) == "sections survey_questions");
    }
    SECTION("more texts than can be sent") {
        for (int i = 0; i < 17; ++i) {
            auto another = json{{"id", "t" + std::to_string(i)}, {"type", "text"}, {"most", 2000}};
            another["text"] = {{"vi", "a"}, {"en", "a"}};
            form["sections"][0]["questions"].push_back(another);
        }
        CHECK(faultsOf(form).empty());
        question(form, 1, 2)["most"] = 2000;
        CHECK(fault(form) == "sections survey_answers");
    }
    SECTION("identity") {
        form["identity"] = "secret";
        CHECK(fault(form) == "identity survey_identity");
    }
}

TEST_CASE("Form: all faults at once, each with its line") {
    const auto text = R"({
  "v": 1,
  "title": {"vi": "a", "en": "a"},
  "intro": {"vi": "a"},
  "identity": "anonymous",
  "sections": [
    {"questions": [
      {
        "id": "Q", "type": "text",
        "text": {"vi": "a", "en": "a"},
        "most": 0
      }
    ]}
  ]
})";
    std::vector<Fault> faults;
    CHECK_FALSE(Form::parse(text, faults));
    REQUIRE(faults.size() == 3);
    CHECK(faults[0] == Fault{"intro.en", 4, "required"});
    CHECK(faults[1] == Fault{"sections[0].questions[0].id", 9, "survey_slug"});
    CHECK(faults[2] == Fault{"sections[0].questions[0].most", 11, "survey_number:1 – 2000"});
    const auto first = Form::parse(text);
    REQUIRE_FALSE(first);
    CHECK(first.error().fact("at") == "intro.en");
    CHECK(first.error().fact("line") == "4");
}

TEST_CASE("Form: a condition beyond what its question can be answered with is told") {
    for (const auto& [key, number] : std::vector<std::pair<const char*, int>>{
             {"at_least", 9}, {"at_least", 0}, {"at_most", 6}, {"at_most", -1}}) {
        auto form = sample();
        form["sections"].push_back(json::parse(R"({"questions": [
            {"id": "mark", "type": "scale", "from": 1, "to": 5, "text": {"vi": "a", "en": "a"}},
            {"id": "after", "type": "text", "text": {"vi": "a", "en": "a"}, "when": {"question": "mark"}}]})"));
        form["sections"].back()["questions"][1]["when"][key] = number;
        const auto faults = faultsOf(form);
        REQUIRE(faults.size() == 1);
        CHECK(faults[0].at.ends_with(std::string("questions[1].when.") + key));
        CHECK(faults[0].expected == "survey_number:1 – 5");
    }
}

TEST_CASE("Form: what is no JSON tells where it stops being some") {
    std::vector<Fault> faults;
    CHECK_FALSE(Form::parse("{\"v\": 1,\n\"title\": }", faults));
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == Fault{"", 2, "json", 10});
    const auto large = Form::parse(std::string(Form::kMaxBytes + 1, ' '));
    REQUIRE_FALSE(large);
    CHECK(large.error().kind == tram::base::ProblemKind::TooLarge);
    CHECK_FALSE(Form::parse("[]"));
    CHECK_FALSE(Form::parse("{\"v\": 1, \"v\": 1}"));
}

TEST_CASE("Form: a form is named by its bytes") {
    CHECK(hashOf("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hashOf("{}") != hashOf("{ }"));
}
