#include <catch2/catch.hpp>
#include <set>

#include "FakeClock.h"
#include "TempDir.h"
#include "base/Files.h"
#include "base/TrackingCode.h"
#include "crypto/Bytes.h"
#include "gateway/content/WardNames.h"
#include "gateway/demo/Demo1022.h"
#include "gateway/inbox/Delivery.h"
#include "gateway/inbox/ReportStore.h"
#include "wire/FeedbackFields.h"

using namespace tram;
using namespace tram::gateway;
using wire::FeedbackState;

namespace {

const std::filesystem::path kResources = std::filesystem::path(TRAM_SOURCE_DIR) / "resources";

Demo1022Data data() {
    const auto wards = readWardNames(kResources / "content" / "wards.csv");
    REQUIRE(wards);
    auto loaded = Demo1022Data::load(kResources / "demo", *wards);
    REQUIRE(loaded);
    return *loaded;
}

std::unique_ptr<Demo1022> open(const test::TempDir& dir, const base::Clock& clock, double speed = 1) {
    Demo1022::Rules rules;
    rules.speed = speed;
    auto demo = Demo1022::open(dir / "demo.db", data(), rules, clock);
    REQUIRE(demo);
    return std::move(*demo);
}

wire::FeedbackReport report(const std::string& field = "thoat-nuoc", const std::string& language = "vi") {
    wire::FeedbackReport made;
    made.trackingCode = base::TrackingCode::make("K7M", base::TrackingCode::randomSymbols())->symbols();
    made.receiptSecret = base::SecretText(crypto::toBase64Url(crypto::randomBytes(16)));
    made.fieldId = field;
    made.text = base::SecretText("Nắp cống bị vỡ");
    made.wardCode = "27154";
    made.name = base::SecretText("A");
    made.phone = base::SecretText("1022");
    made.consentVersion = "1";
    made.consentAt = "2026-11-21T09:41:07+07:00";
    made.language = language;
    return made;
}

FeedbackState lastState(Demo1022& demo, const std::string& number) {
    auto standing = demo.standing(number);
    REQUIRE(standing);
    return standing->events.back().state;
}

}  // namespace

TEST_CASE("1022's groups: each has words in both languages, and somebody who works on it") {
    const auto text = base::readFile(kResources / "demo" / "feedback-fields.json");
    REQUIRE(text);
    const auto fields = wire::FeedbackFields::parse(*text);
    REQUIRE(fields);
    const auto units = data();
    CHECK(fields->fields.size() >= 15);
    CHECK(fields->anonymousAllowed);
    for (const auto& field : fields->fields) {
        INFO(field.id);
        CHECK(units.fields.contains(field.id));
        CHECK(field.sentences.size() >= 4);
        CHECK(field.sentences.size() <= 5);
        for (const auto& sentence : field.sentences) CHECK(sentence.vi != sentence.en);
    }
    CHECK(units.wards.at("27154") == "Phường Bàn Cờ");
    CHECK(units.wards.size() >= 168);
}

TEST_CASE("a case follows the rule's clock: five minutes to forward, a result within five days") {
    test::TempDir dir;
    test::FakeClock clock;
    auto demo = open(dir, clock);
    const auto sent = report();
    const auto id = base::Uuid::v7(clock.wall());
    const auto number = demo->submit({id, sent, 0});
    REQUIRE(number);
    CHECK(*number == "1022-26-004217");
    CHECK(*demo->submit({id, sent, 0}) == *number);  // delivered once by report id
    CHECK(*demo->submit({base::Uuid::v7(clock.wall()), sent, 0}) == "1022-26-004218");

    CHECK(lastState(*demo, *number) == FeedbackState::Accepted);
    clock.advance(std::chrono::minutes(5) - base::Millis(1));
    CHECK(lastState(*demo, *number) == FeedbackState::Accepted);
    clock.advance(base::Millis(1));
    CHECK(lastState(*demo, *number) == FeedbackState::Forwarded);
    clock.advance(std::chrono::hours(7));
    CHECK(lastState(*demo, *number) == FeedbackState::InProgress);
    CHECK(demo->standing(*number)->answer.empty());
    CHECK(demo->standing(*number)->due == "2026-11-26T09:41:07.250+07:00");

    demo = open(dir, clock);  // a restart changes nothing
    CHECK(lastState(*demo, *number) == FeedbackState::InProgress);
    clock.advance(std::chrono::hours(5 * 24));
    const auto closed = demo->standing(*number);
    REQUIRE(closed);
    CHECK(closed->closed);
    CHECK(closed->events.size() == 4);
    CHECK(closed->answer.reveal().find('{') == std::string::npos);
    base::WallTime at, due;
    REQUIRE(base::fromRfc3339(closed->events.back().at, at));
    REQUIRE(base::fromRfc3339(closed->due, due));
    CHECK(at < due);
    CHECK_FALSE(demo->standing("1022-26-999999"));
}

TEST_CASE("both ends are shown: most cases are answered, some refused with a reason") {
    test::TempDir dir;
    test::FakeClock clock;
    auto demo = open(dir, clock, 1e6);
    int refused = 0;
    std::set<std::string> answers;
    std::vector<std::string> numbers;
    for (int i = 0; i < 200; ++i) {
        const auto sent = report("moi-truong", i % 2 ? "vi" : "en");
        numbers.push_back(*demo->submit({base::Uuid::v7(clock.wall()), sent, 0}));
    }
    clock.advance(std::chrono::seconds(1));
    for (const auto& number : numbers) {
        const auto standing = demo->standing(number);
        REQUIRE(standing->closed);
        refused += standing->events.back().state == FeedbackState::Refused;
        answers.insert(standing->answer.reveal());
        CHECK(standing->events.back().unit == "Ủy ban nhân dân Phường Bàn Cờ");
    }
    CHECK(refused > 15);
    CHECK(refused < 80);
    CHECK(answers.size() >= 8);
}

namespace {

/// Loses the reply to every odd call: the case exists, but the worker does not hear of it.
class Flaky final : public FeedbackConnector {
  public:
    explicit Flaky(FeedbackConnector& real) : real_(real) {}
    base::Result<std::string> submit(const Submission& submission) override {
        auto number = real_.submit(submission);
        if (++calls_ % 2) return base::fail(base::ProblemKind::Timeout);
        return number;
    }
    base::Result<CaseStanding> standing(const std::string& number) override { return real_.standing(number); }
    bool anonymousAllowed() const override { return true; }
    std::string sourceName() const override { return "x"; }

  private:
    FeedbackConnector& real_;
    int calls_ = 0;
};

}  // namespace

TEST_CASE("a report whose delivery was answered too late is delivered again, and is still one case") {
    test::TempDir dir;
    test::FakeClock clock;
    auto demo = open(dir, clock);
    auto storage = Storage::openOrCreate(dir / "data");
    REQUIRE(storage);
    ReportStore reports(*storage->reports);
    const auto sent = report();
    REQUIRE(reports.add({base::Uuid::v7(clock.wall()), "kiosk", sent, 0}, clock.wall()));
    Flaky flaky(*demo);
    const auto nobody = [](const base::Uuid&, wire::FeedbackReport&) { return base::Result<void>(); };
    Delivery delivery(reports, nobody, flaky, clock);
    CHECK(*delivery.step() == 1);
    const auto secret = base::SecretText();
    CHECK((*reports.status(sent.trackingCode, secret, "x", clock.wall()))->externalNumber.empty());
    clock.advance(std::chrono::minutes(10));
    CHECK(*delivery.step() == 1);
    CHECK((*reports.status(sent.trackingCode, secret, "x", clock.wall()))->externalNumber ==
          "1022-26-004217");
    const auto next = report();
    CHECK(*demo->submit({base::Uuid::v7(clock.wall()), next, 0}) == "1022-26-004218");
    // The case began with the first, unheard answer ten minutes ago.
    CHECK((*reports.status(sent.trackingCode, secret, "x", clock.wall()))->state == FeedbackState::Forwarded);
    CHECK(*delivery.step() == 0);  // nothing due before the case changes
    clock.advance(std::chrono::hours(7));
    CHECK(*delivery.step() == 1);
    CHECK((*reports.status(sent.trackingCode, secret, "x", clock.wall()))->state ==
          FeedbackState::InProgress);
}
