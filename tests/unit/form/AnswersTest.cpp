#include "form/Answers.h"

#include <catch2/catch.hpp>

#include "form/Asked.h"

namespace {

using namespace tram;
using namespace tram::form;
using Chosen = std::vector<std::string>;

const Form& sample() {
    static const Form kForm =
        *Form::parse(R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a", "en": "a"},
      "identity": "anonymous", "sections": [
        {"questions": [
          {"id": "how", "type": "one", "text": {"vi": "a", "en": "a"}, "required": true,
           "options": [{"id": "good", "text": {"vi": "a", "en": "a"}}, {"id": "bad", "text": {"vi": "b", "en": "b"}}]},
          {"id": "what", "type": "several", "text": {"vi": "a", "en": "a"}, "least": 2, "most": 2,
           "options": [{"id": "x", "text": {"vi": "a", "en": "a"}}, {"id": "y", "text": {"vi": "b", "en": "b"}},
                       {"id": "z", "text": {"vi": "c", "en": "c"}}]}]},
        {"questions": [
          {"id": "rate", "type": "scale", "text": {"vi": "a", "en": "a"}, "from": 1, "to": 5,
           "when": {"question": "how", "is": "bad"}},
          {"id": "wait", "type": "number", "text": {"vi": "a", "en": "a"}, "most": 300, "whole": false,
           "when": {"any": [{"question": "what", "is": "z"}, {"question": "rate", "at_most": 2}]}},
          {"id": "count", "type": "number", "text": {"vi": "a", "en": "a"}, "least": -5, "most": 5},
          {"id": "why", "type": "text", "text": {"vi": "a", "en": "a"}, "most": 5, "required": true,
           "when": {"all": [{"question": "wait", "answered": false}, {"question": "rate", "at_least": 1}]}}]}]})");
    return kForm;
}

std::string asked(const Answers& answers) {
    std::string all;
    for (const auto* question : visible(sample(), answers)) all += question->id + " ";
    return all;
}

Value text(const char* written) {
    return base::SecretText(written);
}

std::string told(const Answers& answers) {
    std::string all;
    for (const auto& issue : issues(sample(), answers))
        all += issue.question + ":" + std::string(name(issue.wrong)) + " ";
    return all;
}

base::Result<Answers> parse(std::string_view json) {
    return Answers::parse(sample(), json);
}

}  // namespace

TEST_CASE("Answers: what is asked follows from what was answered") {
    Answers answers;
    CHECK(asked(answers) == "how what count ");
    answers.set("how", Chosen{"bad"});
    CHECK(asked(answers) == "how what rate count ");
    answers.set("rate", 2.0);
    CHECK(asked(answers) == "how what rate wait count why ");
    answers.set("wait", 10.0);
    CHECK(asked(answers) == "how what rate wait count ");
    answers.set("rate", 3.0);  // wait is asked no more, so that its answer does not count
    CHECK(asked(answers) == "how what rate count why ");
    answers.set("what", Chosen{"y", "z"});
    CHECK(asked(answers) == "how what rate wait count ");
    answers.set("how", Chosen{"good"});
    CHECK(asked(answers) == "how what wait count ");
    CHECK(visible(sample(), answers, 1).size() == 2);
    CHECK(visible(sample(), answers, 2).empty());
}

TEST_CASE("Answers: what keeps them from being sent") {
    Answers answers;
    CHECK(told(answers) == "how:missing ");
    answers.set("how", Chosen{"bad"});
    CHECK(told(answers).empty());
    answers.set("what", Chosen{"x"});
    CHECK(told(answers) == "what:too_few ");
    answers.set("what", Chosen{"x", "y", "z"});
    CHECK(told(answers) == "what:too_many ");
    answers.set("what", Chosen{"x", "w"});
    CHECK(told(answers) == "what:no_such_option ");
    answers.clear("what");
    answers.set("rate", 6.0);
    CHECK(told(answers) == "rate:out_of_range why:missing ");
    answers.set("rate", 1.5);
    CHECK(told(answers) == "rate:not_whole why:missing ");
    answers.set("rate", 4.0);
    answers.set("why", text("sáu chữ"));
    CHECK(told(answers) == "why:too_long ");
    answers.set("why", text("ngắn"));
    CHECK(told(answers).empty());
    answers.set("count", -6.0);
    CHECK(told(answers) == "count:out_of_range ");
    CHECK(issues(sample(), answers, 0).empty());
    CHECK(issues(sample(), answers, 1).size() == 1);
}

TEST_CASE("Answers: what is not asked is not sent") {
    Answers answers;
    answers.set("how", Chosen{"bad"});
    answers.set("rate", 2.0);
    answers.set("wait", 2.5);
    answers.set("count", -3.0);
    CHECK(answers.toJson(sample()).reveal() == R"({"count":-3,"how":"bad","rate":2,"wait":2.5})");
    answers.set("how", Chosen{"good"});
    CHECK(answers.toJson(sample()).reveal() == R"({"count":-3,"how":"good"})");
}

TEST_CASE("Answers: taken back by nothing") {
    Answers answers;
    answers.set("how", Chosen{"bad"});
    answers.set("how", Chosen{});
    answers.set("why", text("a"));
    answers.set("why", text(""));
    CHECK(answers.size() == 0);
    CHECK(answers.text("why").empty());
    CHECK_FALSE(answers.number("rate"));
}

TEST_CASE("Answers: there and back") {
    Answers answers;
    answers.set("how", Chosen{"bad"});
    answers.set("what", Chosen{"x", "z"});
    answers.set("rate", 1.0);
    answers.set("wait", 0.29);
    const auto copy = answers.copy();
    const auto json = copy.toJson(sample());
    const auto back = parse(json.reveal());
    REQUIRE(back);
    CHECK(back->toJson(sample()).reveal() == json.reveal());
    CHECK(back->chose("what", "z"));
    CHECK(*back->number("wait") == 0.29);
}

TEST_CASE("Answers: only what the form asks, in the shape it has") {
    CHECK(parse("{}"));
    CHECK_FALSE(parse("[]"));
    CHECK_FALSE(parse("{\"how\": \"good\", \"else\": 1}"));
    CHECK_FALSE(parse("{\"how\": [\"good\"]}"));
    CHECK_FALSE(parse("{\"how\": \"worse\"}"));
    CHECK_FALSE(parse("{\"how\": 1}"));
    CHECK_FALSE(parse("{\"what\": \"x\"}"));
    CHECK_FALSE(parse("{\"what\": []}"));
    CHECK_FALSE(parse("{\"what\": [\"y\", \"x\"]}"));  // not in the form's order
    CHECK_FALSE(parse("{\"what\": [\"x\", \"x\"]}"));
    CHECK_FALSE(parse("{\"count\": \"1\"}"));
    CHECK_FALSE(parse("{\"count\": 1.234}"));
    CHECK_FALSE(parse("{\"count\": 1e300}"));
    CHECK_FALSE(parse("{\"count\": null}"));
    CHECK_FALSE(parse("{\"how\": \"good\", \"how\": \"bad\"}"));
    CHECK_FALSE(parse("{\"rate\": 3}"));  // not asked
    const auto wrong = parse("{\"how\": \"bad\", \"rate\": 3, \"why\": \"a\\u202e\"}");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().fact("key") == "questions[5]");
    CHECK_FALSE(parse("{\"how\": \"bad\", \"rate\": 3, \"why\": \"\"}"));
    CHECK(parse("{\"how\": \"bad\", \"rate\": 3, \"why\": \"a\\nb\"}"));
}

TEST_CASE("Answers: numbers as people write them") {
    CHECK(readNumber("12") == 12);
    CHECK(readNumber(" 2,5 ") == 2.5);
    CHECK(readNumber("2.25") == 2.25);
    CHECK(readNumber("-3") == -3);
    CHECK(readNumber("007") == 7);
    for (const auto* wrong : {"", " ", "-", ",5", "5,", "1.234", "1.2.3", "1e3", "0x1", "+1", "12 000", "nan",
                              "9999999999999", "--1", "một"})
        CHECK_FALSE(readNumber(wrong));
    CHECK(numberText(2.5, "vi") == "2,5");
    CHECK(numberText(2.5, "en") == "2.5");
    CHECK(numberText(12, "vi") == "12");
}
