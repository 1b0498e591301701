#include "survey/SurveyFlow.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/FakeFeedback.h"
#include "tests/support/TempDir.h"
#include "wire/SurveyAnswer.h"

using namespace tram;
using namespace tram::survey;
using base::ProblemKind;
using form::Wrong;
namespace voprf = crypto::voprf;

namespace {

const std::string kForm = R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a", "en": "a"},
  "identity": "IDENTITY", "once": ONCE, "sections": [
    {"questions": [
      {"id": "how", "type": "one", "text": {"vi": "a", "en": "a"}, "required": true,
       "options": [{"id": "good", "text": {"vi": "a", "en": "a"}}, {"id": "bad", "text": {"vi": "b", "en": "b"}}]},
      {"id": "what", "type": "several", "text": {"vi": "a", "en": "a"}, "most": 2,
       "options": [{"id": "x", "text": {"vi": "a", "en": "a"}}, {"id": "y", "text": {"vi": "b", "en": "b"}},
                   {"id": "z", "text": {"vi": "c", "en": "c"}}]}]},
    {"questions": [
      {"id": "rate", "type": "scale", "text": {"vi": "a", "en": "a"}, "from": 1, "to": 5, "required": true,
       "when": {"question": "how", "is": "bad"}},
      {"id": "why", "type": "text", "text": {"vi": "a", "en": "a"}, "most": 10,
       "when": {"question": "how", "is": "bad"}}]},
    {"questions": [
      {"id": "wait", "type": "number", "text": {"vi": "a", "en": "a"}, "whole": false, "required": true}]}]})";

std::string formJson(const char* identity, bool once) {
    auto text = kForm;
    text.replace(text.find("IDENTITY"), 8, identity);
    return text.replace(text.find("ONCE"), 4, once ? "true" : "false");
}

std::shared_ptr<const identity::ResidentSession> resident(const base::Clock& clock) {
    auto session = std::make_shared<identity::ResidentSession>();
    session->accessToken = base::SecretText("access");
    session->subject = base::SecretText("cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA");
    session->name = base::SecretText("Trần Thị Thử");
    session->tokenEnds = clock.boot();
    session->tokenEnds.sinceBoot += std::chrono::minutes(15);
    return session;
}

struct World {
    test::FakeKiosk kiosk;
    test::TempDir dir;
    std::vector<std::string> asked;  ///< blinded elements
    std::optional<base::Problem> refusal;
    std::string seed = "one";
    std::unique_ptr<SurveyFlow> flow;

    World(const char* identity, bool once) : flow(make(formJson(identity, once))) {}
    SurveyFlow* operator->() { return flow.get(); }

    voprf::ServerKey key() const {
        return voprf::ServerKey::derive(base::SecretBytes(crypto::Bytes(32, 1)), seed);
    }
    base::Result<link::BlindedToken> answer(const std::string& blinded) {
        asked.push_back(blinded);
        if (refusal) return tl::unexpected(*refusal);
        const auto element = voprf::Element::parse(crypto::fromBase64Url(blinded).value());
        REQUIRE(element);
        const auto evaluated = key().evaluate(*element);
        return link::BlindedToken{crypto::toBase64Url(evaluated.element.bytes()),
                                  crypto::toBase64Url(evaluated.proof),
                                  crypto::toBase64Url(key().publicKey().bytes())};
    }
    std::unique_ptr<SurveyFlow> make(const std::string& json, const std::string& until = "") {
        TokenService service{
            [this](const std::string& survey, const base::SecretText& token, const std::string& blinded) {
                CHECK(survey == "mau");
                CHECK(token.reveal() == "access");
                return answer(blinded);
            },
            std::make_shared<TokenKeys>(dir / "survey-keys.json")};
        return std::make_unique<SurveyFlow>(
            SurveyFlow::Settings{"mau", json, form::Form::parse(json).value(), "vi", until},
            SurveyFlow::Services{kiosk.box, service}, kiosk.scheduler, kiosk.clock);
    }
    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow->state());
    }
    std::size_t section() const {
        const auto* answering = std::get_if<situation::Answering>(&flow->state());
        REQUIRE(answering);
        return answering->section;
    }
    void toCheck() {
        flow->choose("how", "good");
        REQUIRE(flow->next());
        flow->setNumber("wait", "2,5");
        REQUIRE(flow->next());
        REQUIRE(is<situation::Checking>());
    }
    void send() {
        flow->send();
        kiosk.scheduler.settle();
    }
    wire::SurveyAnswer kept() {
        const auto items = kiosk.items();
        REQUIRE(items.size() == 1);
        CHECK(items[0].kind == "survey.answer");
        CHECK(items[0].codeHash.empty());
        auto answer = wire::SurveyAnswer::parse(kiosk.body(items[0]).fieldsJson.reveal());
        REQUIRE(answer);
        return std::move(*answer);
    }
};

}  // namespace

TEST_CASE("An open survey goes from section to section, over those that ask nothing") {
    World world("anonymous", false);
    CHECK(world.section() == 0);
    CHECK_FALSE(world->back());
    CHECK(world->sections() == std::vector<std::size_t>{0, 2});
    CHECK_FALSE(world->next());
    CHECK(world->issues() == std::vector<form::Issue>{{"how", Wrong::Missing}});
    world->choose("how", "bad");
    CHECK(world->issues().empty());
    CHECK(world->sections() == std::vector<std::size_t>{0, 1, 2});
    REQUIRE(world->next());
    CHECK(world.section() == 1);
    REQUIRE(world->back());
    world->choose("how", "good");
    REQUIRE(world->next());
    CHECK(world.section() == 2);
    world->setNumber("wait", "ba");
    CHECK_FALSE(world->next());
    CHECK(world->issues() == std::vector<form::Issue>{{"wait", Wrong::NotNumber}});
    world->setNumber("wait", "3");
    REQUIRE(world->next());
    CHECK(world.is<situation::Checking>());
    REQUIRE(world->back());
    CHECK(world.section() == 2);
}

TEST_CASE("A question that has only just appeared is not told as missing before somebody has gone past it") {
    World world("anonymous", false);
    auto text = formJson("anonymous", false);
    const std::string own = R"("when": {"question": "how", "is": "bad"}},)";
    const auto rate = text.find(R"({"id": "rate")");  // now in the first section
    const auto one = text.substr(rate, text.find(own) + own.size() - rate);
    text.erase(rate, one.size());
    text.insert(text.find(R"({"id": "what")"), one);
    world.flow = world.make(text);
    CHECK_FALSE(world->next());
    CHECK(world->issues() == std::vector<form::Issue>{{"how", Wrong::Missing}});
    world->choose("how", "bad");
    CHECK(world->issues().empty());
    CHECK_FALSE(world->next());
    CHECK(world->issues() == std::vector<form::Issue>{{"rate", Wrong::Missing}});
    world->setScale("rate", 3);
    CHECK(world->issues().empty());
}

TEST_CASE("Choices are taken back by choosing them again") {
    World world("anonymous", false);
    world->choose("how", "good");
    world->choose("how", "bad");
    CHECK(world->answers().chose("how", "bad"));
    CHECK_FALSE(world->answers().chose("how", "good"));
    world->choose("how", "bad");
    CHECK_FALSE(world->answers().has("how"));
    world->choose("what", "z");
    world->choose("what", "x");
    CHECK(std::get<std::vector<std::string>>(*world->answers().find("what")) ==
          std::vector<std::string>{"x", "z"});
    world->choose("what", "z");
    CHECK(world->answers().chose("what", "x"));
    world->choose("what", "nothing");
    world->choose("nothing", "x");
    world->choose("how", "bad");
    REQUIRE(world->next());
    world->setScale("rate", 9);
    CHECK_FALSE(world->answers().has("rate"));
    world->setScale("rate", 4);
    CHECK(*world->answers().number("rate") == 4);
    world->setScale("rate", 4);
    CHECK_FALSE(world->answers().has("rate"));
    world->setText("why", "  mười một chữ  ");
    CHECK(world->answers().text("why") == "mười một c");
    world->setText("rate", "x");
    CHECK_FALSE(world->answers().has("rate"));
}

TEST_CASE("An anonymous answer is kept with a token, to the hour, and nothing of anybody") {
    World world("anonymous", false);
    world->setResident(resident(world.kiosk.clock));  // somebody is logged in, and it does not matter
    world.toCheck();
    world.send();
    REQUIRE(world.is<situation::Done>());
    const auto answer = world.kept();
    CHECK(answer.survey == "mau");
    CHECK(answer.formHash == form::hashOf(formJson("anonymous", false)));
    CHECK(answer.answersJson.reveal() == R"({"how":"good","wait":2.5})");
    CHECK(answer.token.reveal().size() == 22);
    CHECK(answer.proof.empty());
    CHECK(answer.subject.empty());
    CHECK(answer.name.empty());
    CHECK(world.kiosk.body(world.kiosk.items()[0]).createdAt == "2026-11-21T09:00:00.000+07:00");
    CHECK(world.asked.empty());
    CHECK(world->answers().size() == 0);
    world->send();
    world.kiosk.scheduler.settle();
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("A signed answer says whose it is, and needs a login") {
    World world("signed", true);
    CHECK(world->needsLogin());
    REQUIRE(world.is<situation::NeedsLogin>());
    world->choose("how", "good");
    CHECK(world->answers().size() == 0);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.send();
    REQUIRE(world.is<situation::Done>());
    const auto answer = world.kept();
    CHECK(answer.name.reveal() == "Trần Thị Thử");
    CHECK(answer.subject.reveal() == "cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA");
    CHECK(world.asked.empty());
}

TEST_CASE("Once: the gateway signs a token that it does not see, and the answer names nobody") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world->send();
    CHECK(world.is<situation::Asking>());
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::Done>());
    REQUIRE(world.asked.size() == 1);
    const auto answer = world.kept();
    const auto token = crypto::fromBase64Url(answer.token.reveal()).value();
    CHECK(crypto::fromBase64Url(answer.proof.reveal()) == world.key().evaluate(token).reveal());
    CHECK(answer.subject.empty());
    CHECK(answer.name.empty());
    CHECK(world.kiosk.body(world.kiosk.items()[0]).fieldsJson.reveal().find(world.asked[0]) ==
          std::string::npos);
}

TEST_CASE("Once: without a line the answers stay, and the same is asked for again") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.refusal = base::Problem{ProblemKind::NoNetwork};
    world.send();
    REQUIRE(world.is<situation::NoToken>());
    CHECK(world->answers().size() == 2);
    CHECK(world.kiosk.items().empty());
    REQUIRE(world->back());
    REQUIRE(world.is<situation::Checking>());
    world.refusal.reset();
    world.send();
    CHECK(world.is<situation::Done>());
    REQUIRE(world.asked.size() == 2);
    CHECK(world.asked[0] == world.asked[1]);
}

TEST_CASE("Once: whoever has had a token is told so") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.refusal = base::Problem{ProblemKind::Conflict};
    world.send();
    CHECK(world.is<situation::AlreadyAnswered>());
    CHECK(world.kiosk.items().empty());
}

TEST_CASE("Once: a login that has run out is asked for again, with the answers kept") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    SECTION("by our own clock") {
        world.kiosk.clock.advance(std::chrono::minutes(16));
        world.send();
        CHECK(world.asked.empty());
    }
    SECTION("by the gateway's word") {
        world.refusal = base::Problem{ProblemKind::Unauthorized};
        world.send();
        world.refusal.reset();
    }
    REQUIRE(world.is<situation::NeedsLogin>());
    CHECK(std::get<situation::NeedsLogin>(world->state()).again);
    REQUIRE(world->back());
    REQUIRE(world.is<situation::Checking>());
    CHECK(world->answers().size() == 2);
    world.refusal = base::Problem{ProblemKind::Unauthorized};
    world.send();
    world.refusal.reset();
    REQUIRE(world.is<situation::NeedsLogin>());
    world->setResident(resident(world.kiosk.clock));
    REQUIRE(world.is<situation::Checking>());
    CHECK(world->answers().size() == 2);
    world.send();
    CHECK(world.is<situation::Done>());
}

TEST_CASE("Once: a disk that is full is told, and the token is not asked for a second time") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.kiosk.store->failures = {ProblemKind::DiskFull};
    world.send();
    REQUIRE(world.is<situation::KeepFailed>());
    CHECK(world->answers().size() == 2);
    world->retry();
    world.kiosk.scheduler.settle();
    CHECK(world.is<situation::Done>());
    CHECK(world.asked.size() == 1);
    CHECK_FALSE(world.kept().proof.empty());
}

TEST_CASE("Answers that are too large to send are told before a token is asked for, and stay") {
    World world("anonymous", true);
    auto text = formJson("anonymous", true);
    std::string more;
    for (int at = 0; at < 6; ++at)
        more += R"({"id": "t)" + std::to_string(at) +
                R"(", "type": "text", "most": 2000, "text": {"vi": "a", "en": "a"}},)";
    text.insert(text.find(R"({"id": "how")"), more);
    world.flow = world.make(text);
    world->setResident(resident(world.kiosk.clock));
    std::string families;  // one character each, of 25 bytes
    for (int at = 0; at < 2000; ++at)
        families += "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    for (int at = 0; at < 6; ++at) world->setText("t" + std::to_string(at), families);
    world.toCheck();
    world.send();
    REQUIRE(world.is<situation::KeepFailed>());
    CHECK(std::get<situation::KeepFailed>(world->state()).problem.kind == ProblemKind::TooLarge);
    CHECK(world.asked.empty());
    CHECK(world.kiosk.items().empty());
    REQUIRE(world->back());
    REQUIRE(world.is<situation::Checking>());
}

TEST_CASE("Once: a gateway that shows this station another key is not believed") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.send();
    REQUIRE(world.is<situation::Done>());
    world.seed = "two";
    world.flow = world.make(formJson("anonymous", true));
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.send();
    REQUIRE(world.is<situation::NoToken>());
    CHECK(std::get<situation::NoToken>(world->state()).problem.kind == ProblemKind::UnknownKey);
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("Once: what is remembered of keys and cannot be read does not end surveys") {
    World world("anonymous", true);
    std::ofstream(world.dir / "survey-keys.json") << "{\"mau\"";
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.send();
    CHECK(world.is<situation::Done>());
}

TEST_CASE("A question is mended from the check, and the way leads back to it") {
    World world("anonymous", false);
    world.toCheck();
    world->edit(0);
    CHECK(world.section() == 0);
    world->choose("how", "bad");  // now the second section asks something that is required
    REQUIRE(world->next());
    REQUIRE(world.is<situation::Checking>());
    world->send();
    CHECK(world.section() == 1);
    CHECK(world->issues() == std::vector<form::Issue>{{"rate", Wrong::Missing}});
    world->setScale("rate", 2);
    REQUIRE(world->next());
    world.send();
    CHECK(world.is<situation::Done>());
    CHECK(world.kept().answersJson.reveal() == R"({"how":"bad","rate":2,"wait":2.5})");
}

TEST_CASE("Once: an answer is kept with its token, though the session has ended meanwhile") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world->send();
    REQUIRE(world.is<situation::Asking>());
    world.flow.reset();
    world.kiosk.scheduler.settle();
    CHECK(world.asked.size() == 1);
    CHECK_FALSE(world.kept().proof.empty());
}

TEST_CASE("Once: no token is asked for when nothing could be written down") {
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.kiosk.store->noteFailure = ProblemKind::DiskFull;
    world.send();
    REQUIRE(world.is<situation::KeepFailed>());
    CHECK(std::get<situation::KeepFailed>(world->state()).problem.kind == ProblemKind::DiskFull);
    CHECK(world.asked.empty());
    CHECK(world->answers().size() == 2);
    world.kiosk.store->noteFailure.reset();
    world->retry();
    world.kiosk.scheduler.settle();
    CHECK(world.is<situation::Done>());
    CHECK(world.asked.size() == 1);
}

TEST_CASE("A survey whose last day has passed takes nothing, and says so") {
    World world("anonymous", false);
    SECTION("when it is opened") {
        world.flow = world.make(formJson("anonymous", false), "2026-11-20");
        CHECK(world.is<situation::Over>());
        world.send();
        CHECK(world.is<situation::Over>());
    }
    SECTION("when it is sent after midnight") {
        world.flow = world.make(formJson("anonymous", false), "2026-11-21");
        world.toCheck();
        world.kiosk.clock.advance(std::chrono::hours(15));
        world.send();
        CHECK(world.is<situation::Over>());
        CHECK_FALSE(world->back());
    }
    SECTION("not on its last day, to the minute in which it was sent") {
        world.flow = world.make(formJson("anonymous", false), "2026-11-21");
        world.toCheck();
        world.kiosk.clock.advance(std::chrono::hours(14));
        world->send();
        world.kiosk.clock.advance(std::chrono::hours(1));
        world.kiosk.scheduler.settle();
        CHECK(world.is<situation::Done>());
        CHECK(world.kiosk.body(world.kiosk.items()[0]).createdAt == "2026-11-21T23:00:00.000+07:00");
        return;
    }
    CHECK(world.kiosk.items().empty());
}

TEST_CASE("Once: a survey that the city has ended is over, and gives no token") {
    const auto kind = GENERATE(ProblemKind::Expired, ProblemKind::NotFound);
    World world("anonymous", true);
    world->setResident(resident(world.kiosk.clock));
    world.toCheck();
    world.refusal = base::Problem{kind};
    world.send();
    CHECK(world.is<situation::Over>());
    CHECK(world.kiosk.items().empty());
}
