#include "device/Enrolment.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "base/Uuid.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using crypto::OpeningKey;
using crypto::SigningKey;
using device::Enrolment;

namespace {

base::WallTime at(const char* rfc3339) {
    base::WallTime time;
    REQUIRE(base::fromRfc3339(rfc3339, time));
    return time;
}

wire::SealingKeyInfo sealing(const char* from, const char* until) {
    return {OpeningKey::generate().sealingKey().text(), from, until};
}

Enrolment enrolled(std::vector<wire::SealingKeyInfo> keys) {
    wire::EnrolmentAnswer answer;
    answer.kioskId = base::Uuid::v7(test::FakeClock().wall()).text();
    answer.prefix = "K7M";
    answer.wardCode = "27154";
    answer.stationName = "Trạm 1";
    answer.gatewayKey = SigningKey::generate().verifyKey().text();
    answer.contentKey = SigningKey::generate().verifyKey().text();
    answer.tokenAudience = "https://gateway.example";
    answer.publicUrl = "https://tram.example";
    answer.sealingKeys = std::move(keys);
    return {std::move(answer), SigningKey::generate()};
}

Enrolment enrolled() {
    return enrolled({sealing("2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00")});
}

ProblemKind loadProblem(const std::filesystem::path& dir) {
    const auto loaded = Enrolment::load(dir);
    REQUIRE_FALSE(loaded);
    return loaded.error().kind;
}

}  // namespace

TEST_CASE("an enrolment survives a restart, its key closed to others") {
    const test::TempDir dir;
    CHECK(loadProblem(dir.path()) == ProblemKind::NotEnrolled);
    const Enrolment before = enrolled();
    REQUIRE(before.save(dir.path()));
    const auto after = Enrolment::load(dir.path());
    REQUIRE(after);
    CHECK(after->answer.toJson() == before.answer.toJson());
    CHECK(after->key.verifyKey().text() == before.key.verifyKey().text());
    struct stat about{};
    REQUIRE(stat((dir / "kiosk.key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("what is missing, open to others or damaged is named") {
    const test::TempDir dir;
    REQUIRE(enrolled().save(dir.path()));
    SECTION("no key") {
        std::filesystem::remove(dir / "kiosk.key");
        CHECK(loadProblem(dir.path()) == ProblemKind::KeyMissing);
    }
    SECTION("a key others may read") {
        std::filesystem::permissions(dir / "kiosk.key", std::filesystem::perms(0640));
        CHECK(loadProblem(dir.path()) == ProblemKind::KeyExposed);
    }
    SECTION("an answer that is none") {
        std::ofstream(dir / "enrolment.json") << "{}";
        CHECK(loadProblem(dir.path()) == ProblemKind::Malformed);
    }
    SECTION("a sealing key that is none") {
        auto broken = enrolled();
        broken.answer.sealingKeys[0].key = "AAAA";
        std::ofstream(dir / "enrolment.json") << broken.answer.toJson();
        CHECK(loadProblem(dir.path()) == ProblemKind::Malformed);
    }
    SECTION("no answer") {
        std::filesystem::remove(dir / "enrolment.json");
        CHECK(loadProblem(dir.path()) == ProblemKind::NotEnrolled);
    }
}

TEST_CASE("reports are sealed to the newest key in force") {
    const auto old = sealing("2026-01-01T00:00:00+07:00", "2026-12-31T00:00:00+07:00");
    const auto current = sealing("2026-06-01T00:00:00+07:00", "2027-06-01T00:00:00+07:00");
    const auto next = sealing("2027-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00");
    const Enrolment enrolment = enrolled({next, current, old});
    const auto keyAt = [&](const char* time) { return enrolment.sealingKey(at(time)).value().text(); };
    CHECK(keyAt("2026-03-01T12:00:00+07:00") == old.key);
    CHECK(keyAt("2026-06-01T00:00:00+07:00") == current.key);
    CHECK(keyAt("2026-11-21T09:41:07+07:00") == current.key);
    CHECK(keyAt("2027-01-01T00:00:00+07:00") == next.key);
    CHECK(enrolment.sealingKey(at("2028-01-01T00:00:00+07:00")).error().kind == ProblemKind::Expired);
    CHECK(enrolment.sealingKey(at("1970-01-02T00:00:00+07:00")).error().kind == ProblemKind::ClockWrong);
}

TEST_CASE("the key for tracking-code look-ups is the kiosk's own and stays the same") {
    const test::TempDir dir;
    const Enrolment first = enrolled(), second = enrolled();
    REQUIRE(first.save(dir.path()));
    const auto key = first.codeHashKey();
    CHECK(key.reveal().size() == 32);
    CHECK(Enrolment::load(dir.path())->codeHashKey().reveal() == key.reveal());
    CHECK(second.codeHashKey().reveal() != key.reveal());
}
