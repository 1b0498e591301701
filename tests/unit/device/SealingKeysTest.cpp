#include "device/SealingKeys.h"

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "tests/support/TempDir.h"
#include "tests/unit/device/SomeKeys.h"
#include "wire/Envelope.h"

using namespace tram;
using base::ProblemKind;
using crypto::SigningKey;
using device::SealingChoice;
using device::ToldSealingKeys;
using test::at;
using test::sealing;
using wire::SealingStatement;

namespace {

SealingStatement statement(std::int64_t version) {
    return {version,
            "2026-11-21T09:41:07+07:00",
            {sealing("2026-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00")}};
}

template <class T>
ProblemKind kindOf(const base::Result<T>& result) {
    REQUIRE_FALSE(result);
    return result.error().kind;
}

}  // namespace

TEST_CASE("of the keys in force the newest is sealed to, and a clock that is years off finds one too") {
    const auto old = sealing("2026-01-01T00:00:00+07:00", "2026-12-31T00:00:00+07:00");
    const auto current = sealing("2026-06-01T00:00:00+07:00", "2027-06-01T00:00:00+07:00");
    const auto next = sealing("2027-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00");
    const auto choiceAt = [&](const char* time) {
        return device::chooseSealingKey({next, old, current}, at(time)).value();
    };
    const auto is = [&](const char* time, const wire::SealingKeyInfo& key, SealingChoice::Fit fit) {
        const auto choice = choiceAt(time);
        INFO(time);
        CHECK(choice.key.text() == key.key);
        CHECK(choice.fit == fit);
    };
    using Fit = SealingChoice::Fit;
    is("1970-01-01T07:00:00+07:00", old, Fit::NotYet);  // a flat battery
    is("2025-12-31T23:59:59+07:00", old, Fit::NotYet);
    is("2026-01-01T00:00:00+07:00", old, Fit::InForce);
    is("2026-11-21T09:41:07+07:00", current, Fit::InForce);
    is("2027-01-01T00:00:00+07:00", next, Fit::InForce);
    is("2027-12-31T23:59:59+07:00", next, Fit::InForce);
    is("2028-01-01T00:00:00+07:00", next, Fit::RunOut);  // everything has: the report is taken all the same
    is("2099-01-01T00:00:00+07:00", next, Fit::RunOut);
}

TEST_CASE("between two keys the nearer one is sealed to, none at all is a damaged file") {
    const auto early = sealing("2026-01-01T00:00:00+07:00", "2026-02-01T00:00:00+07:00");
    const auto late = sealing("2026-03-01T00:00:00+07:00", "2026-04-01T00:00:00+07:00");
    const auto textAt = [&](const char* time) {
        return device::chooseSealingKey({early, late}, at(time)).value().key.text();
    };
    CHECK(textAt("2026-02-02T00:00:00+07:00") == early.key);
    CHECK(textAt("2026-02-27T00:00:00+07:00") == late.key);
    CHECK(kindOf(device::chooseSealingKey({}, at("2026-01-01T00:00:00+07:00"))) == ProblemKind::Malformed);
    const wire::SealingKeyInfo noTime{early.key, "2026-13-01T00:00:00+07:00", "2026-14-01T00:00:00+07:00"};
    const wire::SealingKeyInfo noKey{"AAAA", early.notBefore, early.notAfter};
    CHECK(kindOf(device::chooseSealingKey({noTime, noKey}, at("2026-01-01T00:00:00+07:00"))) ==
          ProblemKind::Malformed);
    CHECK(device::chooseSealingKey({noTime, noKey, late}, {}).value().key.text() == late.key);
}

TEST_CASE("what a gateway tells is taken once, goes up only, and is read again after a restart") {
    // STANDARDS 11: signature before parsing, lower version refused, the old content stays
    const test::TempDir dir;
    const auto gateway = SigningKey::generate();
    const ToldSealingKeys told(dir.path(), gateway.verifyKey());
    CHECK(kindOf(told.read()) == ProblemKind::FileMissing);
    const auto second = statement(20).sign(gateway);
    CHECK(told.take(second) == true);
    CHECK(told.take(second) == false);
    CHECK(ToldSealingKeys(dir.path(), gateway.verifyKey()).read()->version == 20);

    CHECK(kindOf(told.take(statement(19).sign(gateway))) == ProblemKind::RolledBack);
    CHECK(kindOf(told.take(statement(20).sign(gateway))) ==
          ProblemKind::RolledBack);  // other keys, same version
    CHECK(base::readFile(dir / "sealing-keys.json") == second);
    CHECK(told.take(statement(21).sign(gateway)) == true);
    CHECK(told.read()->version == 21);
}

TEST_CASE("another gateway's word is not taken, and one lying there already is not believed") {
    const test::TempDir dir;
    const auto gateway = SigningKey::generate(), stranger = SigningKey::generate();
    const ToldSealingKeys told(dir.path(), gateway.verifyKey());
    CHECK(kindOf(told.take(statement(99).sign(stranger))) == ProblemKind::BadSignature);
    CHECK_FALSE(std::filesystem::exists(dir / "sealing-keys.json"));

    REQUIRE(base::writeFileAtomically(dir / "sealing-keys.json", statement(99).sign(stranger)));
    CHECK(kindOf(told.read()) == ProblemKind::BadSignature);
    // Its high version holds nothing up: it was never ours.
    CHECK(told.take(statement(1).sign(gateway)) == true);
    CHECK(told.read()->version == 1);
}

TEST_CASE("a cut or garbled file is replaced by the next word") {
    const test::TempDir dir;
    const auto gateway = SigningKey::generate();
    const ToldSealingKeys told(dir.path(), gateway.verifyKey());
    const auto whole = statement(5).sign(gateway);
    for (const std::string& broken :
         {std::string(), whole.substr(0, whole.size() / 2), std::string(100'000, '{')}) {
        REQUIRE(base::writeFileAtomically(dir / "sealing-keys.json", broken));
        CHECK_FALSE(told.read());
        CHECK(told.take(whole) == true);
        CHECK(told.read()->version == 5);
        std::filesystem::remove(dir / "sealing-keys.json");
    }
}
