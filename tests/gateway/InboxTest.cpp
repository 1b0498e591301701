#include <catch2/catch.hpp>

#include "FakeClock.h"
#include "PretendKiosk.h"
#include "TempDir.h"
#include "gateway/http/City.h"
#include "gateway/storage/Sql.h"
#include "oidc/ClientAssertion.h"

using namespace tram;
using namespace tram::test;
using gateway::City;

namespace {

gateway::GatewayConfig configIn(const TempDir& dir) {
    auto config = gateway::GatewayConfig::demo();
    config.dataDir = dir / "data";
    config.shareDir = std::filesystem::path(TRAM_SOURCE_DIR) / "resources";
    return config;
}

std::unique_ptr<City> cityIn(const TempDir& dir, const base::Clock& clock) {
    auto city = City::open(configIn(dir), clock);
    REQUIRE(city);
    return std::move(*city);
}

struct Sealed {
    base::Uuid id;
    std::string code, bytes;
};

Sealed seal(City& city, const gateway::Kiosk& kiosk, const crypto::SigningKey& key) {
    wire::FeedbackReport report;
    report.trackingCode = freshCode(kiosk.prefix);
    report.receiptSecret = base::SecretText(freshSecret());
    report.fieldId = "chieu-sang";
    report.text = base::SecretText("Đèn đường không sáng");
    report.wardCode = kiosk.ward;
    report.name = base::SecretText("A");
    report.phone = base::SecretText("1022");
    report.consentVersion = "1";
    report.consentAt = base::toRfc3339(city.clock.wall());
    report.language = "vi";
    wire::ActionBody body{.id = base::Uuid::v7(city.clock.wall()),
                          .kind = std::string(wire::FeedbackReport::kKind),
                          .kioskId = kiosk.id,
                          .createdAt = base::toRfc3339(city.clock.wall()),
                          .fieldsJson = report.toJson()};
    const auto to = crypto::SealingKey::parse(city.keys.sealingKeys(city.clock.wall()).front().key);
    return {body.id, report.trackingCode,
            wire::Envelope::make(body.id, kiosk.id, body.toJson().reveal(), *to, key)};
}

gateway::Kiosk enrolIn(City& city, const crypto::SigningKey& key) {
    const auto secret = city.kiosks.newCode("27154", "Trạm", city.clock.wall());
    REQUIRE(secret);
    const auto kiosk = city.kiosks.enrol({*secret, key.verifyKey().text()}, city.clock.wall());
    REQUIRE(kiosk);
    return *kiosk;
}

bool knows(City& city, const std::string& code) {
    return city.reports.status(code, base::SecretText(), "x", city.clock.wall())->has_value();
}

}  // namespace

TEST_CASE("what was stored but not opened when the power went is opened at the next start") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto key = crypto::SigningKey::generate();
    const auto kiosk = enrolIn(*city, key);
    const auto sent = seal(*city, kiosk, key);
    REQUIRE(city->inbox.take(kiosk, {sent.bytes}, clock.wall()));
    REQUIRE(knows(*city, sent.code));

    // The moment after the first commit, before the second.
    const auto undo = [](auto& db, const char* sql) {
        REQUIRE(db.write([&](SQLite::Database& raw) -> base::Result<void> {
            gateway::sql::exec(raw, sql);
            return {};
        }));
    };
    undo(*city->storage.city, "UPDATE envelopes SET state = 'stored'");
    undo(*city->storage.reports, "DELETE FROM events");
    undo(*city->storage.reports, "DELETE FROM reports");
    city.reset();

    city = cityIn(dir, clock);
    CHECK_FALSE(knows(*city, sent.code));
    city->tidy();
    CHECK(knows(*city, sent.code));
    CHECK(city->inbox.counts()->opened == 1);
    CHECK(*city->inbox.recover() == 0);
    const auto again = city->inbox.take(kiosk, {sent.bytes}, clock.wall());
    REQUIRE(again);
    CHECK(again->results[0].verdict == wire::ActionVerdict::Replayed);
}

TEST_CASE("old sealing keys still open what comes late, new ones are made before the old run out") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto key = crypto::SigningKey::generate();
    const auto kiosk = enrolIn(*city, key);
    const auto late = seal(*city, kiosk, key);
    CHECK(city->keys.sealingKeys(clock.wall()).size() == 1);

    clock.advance(gateway::GatewayKeys::kSealingValidity - std::chrono::days(30));
    city.reset();
    city = cityIn(dir, clock);
    CHECK(city->keys.sealingKeys(clock.wall()).size() == 2);
    clock.advance(std::chrono::days(60));
    CHECK(city->keys.sealingKeys(clock.wall()).size() == 1);
    REQUIRE(city->inbox.take(kiosk, {late.bytes}, clock.wall()));
    CHECK(knows(*city, late.code));
}

TEST_CASE("codes of a day and tokens of ten minutes run out") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto key = crypto::SigningKey::generate();
    const auto secret = city->kiosks.newCode("27154", "Trạm", clock.wall());
    REQUIRE(secret);
    clock.advance(std::chrono::hours(24));
    const auto tooLate = city->kiosks.enrol({*secret, key.verifyKey().text()}, clock.wall());
    REQUIRE_FALSE(tooLate);
    CHECK(tooLate.error().kind == base::ProblemKind::Forbidden);

    const auto kiosk = enrolIn(*city, key);
    const auto proven = city->tokens.prove(
        oidc::ClientAssertion::make(kiosk.id, city->tokens.audience(), clock.wall(), key), clock.wall());
    REQUIRE(proven);
    const auto token = city->tokens.issue(*proven, clock.wall());
    REQUIRE(token);
    clock.advance(std::chrono::seconds(599));
    CHECK(city->tokens.kioskOf(*token, clock.wall())->has_value());
    clock.advance(std::chrono::seconds(1));
    CHECK_FALSE(city->tokens.kioskOf(*token, clock.wall())->has_value());
}

TEST_CASE("what a clock that was years ahead has given out does not last for years") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto key = crypto::SigningKey::generate();
    const auto kiosk = enrolIn(*city, key);
    const auto today = clock.wall();
    clock.set("2055-01-01T00:00:00+07:00");
    const auto secret = city->kiosks.newCode("27154", "Trạm", clock.wall());
    const auto proven = city->tokens.prove(
        oidc::ClientAssertion::make(kiosk.id, city->tokens.audience(), clock.wall(), key), clock.wall());
    REQUIRE(secret);
    REQUIRE(proven);
    const auto token = city->tokens.issue(*proven, clock.wall());
    REQUIRE(token);
    CHECK(city->tokens.kioskOf(*token, clock.wall() - std::chrono::minutes(5))->has_value());
    clock.set(today);
    CHECK_FALSE(city->tokens.kioskOf(*token, clock.wall())->has_value());
    const auto other = crypto::SigningKey::generate();
    CHECK_FALSE(city->kiosks.enrol({*secret, other.verifyKey().text()}, clock.wall()));
}

TEST_CASE("a station's name is kept without what people cannot see") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto secret =
        city->kiosks.newCode("27154", "  Trạm\x1b[2J\tBàn\u202e  Cờ\u200b\r\n 02 ", clock.wall());
    REQUIRE(secret);
    const auto kiosk =
        city->kiosks.enrol({*secret, crypto::SigningKey::generate().verifyKey().text()}, clock.wall());
    REQUIRE(kiosk);
    CHECK(kiosk->station == "Trạm[2J Bàn Cờ 02");
}

TEST_CASE("uploads that no action ever named are swept away, named ones stay") {
    TempDir dir;
    FakeClock clock;
    auto city = cityIn(dir, clock);
    const auto kiosk = enrolIn(*city, crypto::SigningKey::generate());
    const std::string bytes = "never named";
    const auto hash = crypto::sha256Hex(crypto::view(bytes));
    {
        auto upload = city->attachments.begin(kiosk.id, hash, bytes.size(), 0, clock.wall());
        REQUIRE(upload);
        REQUIRE((*upload)->add(crypto::view(bytes)));
        REQUIRE((*upload)->finish());
    }
    CHECK(*city->attachments.sweep(base::coarseToHour(clock.wall())) == 0);  // it is known to the hour
    CHECK(city->attachments.state(kiosk.id, hash)->complete);
    clock.advance(std::chrono::days(31));
    city->tidy();
    CHECK_FALSE(city->attachments.state(kiosk.id, hash)->complete);
}

TEST_CASE("of what is larger or deeper than any envelope no id is looked for") {
    FakeClock clock;
    TempDir dir;
    const auto city = cityIn(dir, clock);
    const auto key = crypto::SigningKey::generate();
    const auto kiosk = enrolIn(*city, key);
    const auto id = base::Uuid::v7(clock.wall());
    const auto naming = [&](const std::string& more) {
        return R"({"payload":")" + crypto::toBase64(crypto::view(R"({"id":")" + id.text() + R"("})")) +
               R"(","more":)" + more + "}";
    };
    const auto deep = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    const auto claimed = [&](const std::string& bytes) {
        const auto answer = city->inbox.take(kiosk, {bytes}, clock.wall());
        REQUIRE(answer);
        REQUIRE(answer->results.size() == 1);
        CHECK(answer->results[0].verdict == wire::ActionVerdict::Refused);
        return answer->results[0].id;
    };
    CHECK(claimed(naming("1")) == id);
    CHECK(claimed(naming(deep(20))) != id);
    CHECK(claimed(naming(deep(100'000))) != id);
    CHECK(claimed(naming(deep(10'000'000))) != id);
    CHECK(claimed(naming("\"" + std::string(wire::Envelope::kMaxBytes, 'a') + "\"")) != id);
    CHECK(claimed(naming("1").insert(1, R"("payload":"e30=",)")) != id);  // which of the two?
}
