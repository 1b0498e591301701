#include "device/Enrolment.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "base/Uuid.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"
#include "tests/unit/device/SomeKeys.h"

using namespace tram;
using base::ProblemKind;
using crypto::SigningKey;
using device::Enrolment;
using test::at;
using test::sealing;

namespace {

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
    // A clock that is years off keeps nobody from reporting: the gateway opens with every key it ever had.
    CHECK(keyAt("2028-01-01T00:00:00+07:00") == next.key);
    CHECK(keyAt("1970-01-02T00:00:00+07:00") == old.key);
}

TEST_CASE("what the gateway has told since counts from the next start on, and its time counts too") {
    const test::TempDir dir;
    const auto gateway = SigningKey::generate();
    auto before = enrolled();
    before.answer.gatewayKey = gateway.verifyKey().text();
    REQUIRE(before.save(dir.path()));
    const auto first = sealing("2026-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00");
    const auto newest = sealing("2026-11-01T00:00:00+07:00", "2028-11-01T00:00:00+07:00");
    const wire::SealingStatement told{7, "2026-11-21T00:00:00+07:00", {newest, first}};
    REQUIRE(device::ToldSealingKeys(dir.path(), gateway.verifyKey()).take(told.sign(gateway)) == true);

    const auto after = Enrolment::load(dir.path());
    REQUIRE(after);
    REQUIRE(after->told);
    CHECK_FALSE(after->notTold);
    CHECK(after->sealingKey(at("2026-11-22T00:00:00+07:00"))->text() == newest.key);
    // The clock says 2026-02; the gateway has signed a time after that, and it was later than so.
    CHECK(after->sealingKey(at("2026-02-01T00:00:00+07:00"))->text() == newest.key);
    CHECK(after->sealingKey(at("1970-01-02T00:00:00+07:00"))->text() == newest.key);
    CHECK(after->sealingKey(at("2050-01-02T00:00:00+07:00"))->text() == newest.key);
}

TEST_CASE("another gateway's word leaves the keys of the enrolment, and is named") {
    const test::TempDir dir;
    const Enrolment before = enrolled();
    REQUIRE(before.save(dir.path()));
    const wire::SealingStatement foreign{
        9, "2026-11-21T00:00:00+07:00", {sealing("2026-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00")}};
    std::ofstream(dir / "sealing-keys.json") << foreign.sign(SigningKey::generate());
    const auto after = Enrolment::load(dir.path());
    REQUIRE(after);
    CHECK_FALSE(after->told);
    REQUIRE(after->notTold);
    CHECK(after->notTold->kind == ProblemKind::BadSignature);
    CHECK(after->sealingKey(at("2026-11-22T00:00:00+07:00"))->text() == before.answer.sealingKeys[0].key);
}

TEST_CASE("the key of another kiosk is named, not used") {
    const test::TempDir dir, other;
    REQUIRE(enrolled().save(dir.path()));
    REQUIRE(enrolled().save(other.path()));
    std::filesystem::copy_file(other / "kiosk.key", dir / "kiosk.key",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(loadProblem(dir.path()) == ProblemKind::UnknownKey);
    CHECK(Enrolment::load(dir.path()).error().fact("path") == (dir / "kiosk.key").string());
}

TEST_CASE("a key that lost its end is named") {
    const test::TempDir dir;
    REQUIRE(enrolled().save(dir.path()));
    const auto size = GENERATE(0, 1, 31, 33);
    std::filesystem::resize_file(dir / "kiosk.key", static_cast<std::uintmax_t>(size));
    CHECK(loadProblem(dir.path()) == ProblemKind::Malformed);
}

TEST_CASE("an enrolment file from before the key was named in it is still read") {
    const test::TempDir dir;
    const Enrolment before = enrolled();
    REQUIRE(before.save(dir.path()));
    std::ofstream(dir / "enrolment.json") << before.answer.toJson();
    const auto after = Enrolment::load(dir.path());
    REQUIRE(after);
    CHECK(after->key.verifyKey().text() == before.key.verifyKey().text());
}

TEST_CASE("a new enrolment broken off anywhere leaves the old one or the new one, whole") {
    const test::TempDir dir;
    const Enrolment old = enrolled();
    REQUIRE(old.save(dir.path()));
    const auto oldKey = base::readFile(dir / "kiosk.key").value();
    const auto oldFile = base::readFile(dir / "enrolment.json").value();
    const auto is = [&](const Enrolment& which) {
        const auto loaded = Enrolment::load(dir.path());
        REQUIRE(loaded);
        CHECK(loaded->answer.kioskId == which.answer.kioskId);
        CHECK(loaded->key.verifyKey().text() == which.key.verifyKey().text());
    };
    // Asked, and never heard of: the key waits for the next try, which asks with the same one.
    Enrolment fresh{enrolled().answer, device::nextKioskKey(dir.path()).value()};
    const auto stamp = device::enrolmentStamp(dir.path());
    CHECK(device::enrolmentStamp(dir.path()) == stamp);
    CHECK(device::nextKioskKey(dir.path())->verifyKey().text() == fresh.key.verifyKey().text());
    is(old);

    REQUIRE(fresh.save(dir.path()));
    is(fresh);
    CHECK(device::enrolmentStamp(dir.path()) != stamp);
    CHECK_FALSE(std::filesystem::exists(dir / "kiosk.key.next"));
    const auto newKey = base::readFile(dir / "kiosk.key").value();

    // The power went after the answer was written and before the key had its name.
    REQUIRE(base::writeFileAtomically(dir / "kiosk.key", oldKey, 0600));
    REQUIRE(base::writeFileAtomically(dir / "kiosk.key.next", newKey, 0600));
    is(fresh);
    // … and before the answer was written.
    REQUIRE(base::writeFileAtomically(dir / "enrolment.json", oldFile));
    is(old);
    CHECK(device::nextKioskKey(dir.path())->verifyKey().text() == fresh.key.verifyKey().text());
}

TEST_CASE("half a key that nobody has used yet is made anew, an exposed one is not") {
    const test::TempDir dir;
    std::ofstream(dir / "kiosk.key.next") << "half";
    std::filesystem::permissions(dir / "kiosk.key.next", std::filesystem::perms(0600));
    const auto key = device::nextKioskKey(dir.path());
    REQUIRE(key);
    CHECK(crypto::SigningKey::load(dir / "kiosk.key.next")->verifyKey().text() == key->verifyKey().text());
    std::filesystem::permissions(dir / "kiosk.key.next", std::filesystem::perms(0644));
    CHECK(device::nextKioskKey(dir.path()).error().kind == ProblemKind::KeyExposed);
}

TEST_CASE("codes of a former enrolment are found after the next one too") {
    const test::TempDir dir;
    const Enrolment first = enrolled();
    REQUIRE(first.save(dir.path()));
    Enrolment second = enrolled();
    second.codes = first.codeHashKey();
    REQUIRE(second.save(dir.path()));
    auto third = enrolled();
    third.codes = Enrolment::load(dir.path())->codeHashKey();
    REQUIRE(third.save(dir.path()));
    CHECK(Enrolment::load(dir.path())->codeHashKey().reveal() == first.codeHashKey().reveal());
    struct stat about{};
    REQUIRE(stat((dir / "codes.key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
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
