#include "assist/SignIn.h"

#include <catch2/catch.hpp>

#include "base/Disk.h"
#include "crypto/Bytes.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::assist;
using namespace std::chrono_literals;
using base::ProblemKind;
using wire::StaffRole;

namespace {

base::SecretText text(const char* plain) {
    return base::SecretText(plain);
}

/// Two members of staff; the PIN of each is 246810.
struct Entry {
    test::TempDir dir;
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    std::shared_ptr<Lockout> lockout = std::make_shared<Lockout>(dir / "lockout.json", clock);
    std::optional<ProblemKind> listTrouble, lineTrouble;
    int checked = 0;
    bool countedFirst = true;
    std::optional<SignIn> flow;

    explicit Entry(bool codes = true) {
        flow.emplace(
            SignIn::Ask{[this](const auto& badge) { return find(badge); },
                        [this](const auto& badge, const auto& pin) { return check(badge, pin); },
                        codes ? decltype(SignIn::Ask::online)(
                                    [this](const auto& code, const auto& pin) { return online(code, pin); })
                              : nullptr},
            lockout, scheduler, clock);
    }
    base::Result<StaffSession::Who> find(const base::SecretText& badge) const {
        if (listTrouble) return base::fail(*listTrouble);
        if (!badge.reveal().starts_with("TRAM-S:")) return base::fail(ProblemKind::Malformed);
        if (badge.reveal() == "TRAM-S:helper")
            return StaffSession::Who{"S-1", "Thử", "Tổ 03", StaffRole::Helper};
        if (badge.reveal() == "TRAM-S:super")
            return StaffSession::Who{"S-9", "Trưởng", "UBND", StaffRole::Supervisor};
        return base::fail(ProblemKind::NotFound);
    }
    base::Result<base::SecretBytes> check(const base::SecretText& badge, const base::SecretText& pin) {
        ++checked;
        const bool supervisor = badge.reveal() == "TRAM-S:super";
        countedFirst = countedFirst && std::filesystem::exists(dir / "lockout.json");
        if (pin.reveal() != "246810") return base::fail(ProblemKind::Unauthorized);
        return base::SecretBytes(crypto::Bytes(StaffSession::kSeedBytes, supervisor ? 9 : 1));
    }
    base::Result<StaffSession::Who> online(const base::SecretText& code, const base::SecretText& pin) {
        if (lineTrouble) return base::fail(*lineTrouble);
        if (code.reveal() != "1234" || pin.reveal() != "246810") return base::fail(ProblemKind::Unauthorized);
        return StaffSession::Who{"S-1", "Thử", "Tổ 03", StaffRole::Helper};
    }
    template <class State>
    const State* in() const {
        return std::get_if<State>(&flow->state());
    }
    void scan(const char* badge) {
        flow->scanned(text(badge));
        scheduler.settle();
    }
    void pin(const char* digits) {
        flow->enterPin(text(digits));
        scheduler.settle();
    }
    void code(const char* code, const char* digits) {
        flow->enterCode(text(code), text(digits));
        scheduler.settle();
    }
};

}  // namespace

TEST_CASE("sign-in: badge and PIN make a session with a seed") {
    Entry entry;
    int changes = 0;
    entry.flow->onChange = [&] { ++changes; };
    REQUIRE(entry.in<sign::Badge>());
    entry.flow->scanned(text("TRAM-S:helper"));
    CHECK(entry.in<sign::Checking>());
    entry.scheduler.settle();
    REQUIRE(entry.in<sign::Pin>());
    CHECK(entry.in<sign::Pin>()->name == "Thử");
    CHECK_FALSE(entry.flow->take());
    entry.pin("246810");
    REQUIRE(entry.in<sign::SignedIn>());
    CHECK(changes >= 4);
    auto session = entry.flow->take();
    REQUIRE(session);
    CHECK(session->who().id == "S-1");
    CHECK(session->how() == SignedInBy::BadgeAndPin);
    CHECK(session->draftSeed().reveal() == crypto::Bytes(StaffSession::kSeedBytes, 1));
    CHECK(session->badge().reveal() == "TRAM-S:helper");
    CHECK_FALSE(entry.flow->take());
    CHECK(entry.in<sign::Badge>());
}

TEST_CASE("sign-in: wrong PINs wait longer and longer, and the state goes on by itself") {
    Entry entry;
    entry.scan("TRAM-S:helper");
    for (int i = 0; i < 4; ++i) {
        entry.pin("000000");
        REQUIRE(entry.in<sign::Wrong>());
        CHECK(entry.in<sign::Wrong>()->wait == 0s);
        CHECK(entry.flow->wantsPin());  // the badge need not be shown once more
        CHECK_FALSE(entry.flow->wantsCode());
    }
    CHECK(entry.checked == 4);
    entry.pin("000000");
    REQUIRE(entry.in<sign::Wrong>());
    CHECK(entry.in<sign::Wrong>()->wait == 15s);
    CHECK(entry.flow->waitLeft() == 15s);
    entry.pin("000000");  // not now
    CHECK(entry.checked == 5);
    entry.scheduler.advance(10s);
    CHECK(entry.flow->waitLeft() == 5s);
    entry.scan("TRAM-S:helper");  // round the corner
    REQUIRE(entry.in<sign::Waiting>());
    CHECK(entry.in<sign::Waiting>()->wait == 5s);
    entry.scheduler.advance(5s);
    REQUIRE(entry.in<sign::Pin>());
    entry.pin("246810");
    CHECK(entry.in<sign::SignedIn>());
    CHECK(entry.countedFirst);
}

TEST_CASE("sign-in: fifteen lock, also against the right PIN, until a supervisor unlocks") {
    Entry entry;
    entry.scan("TRAM-S:helper");
    while (!entry.in<sign::Locked>()) {
        entry.pin("000000");
        if (const auto* wrong = entry.in<sign::Wrong>(); wrong && wrong->wait == 0s)
            entry.scan("TRAM-S:helper");
        entry.scheduler.advance(entry.flow->waitLeft());
    }
    CHECK(entry.checked == 15);
    entry.scan("TRAM-S:helper");
    REQUIRE(entry.in<sign::Locked>());
    CHECK_FALSE(entry.in<sign::Locked>()->station);
    entry.pin("246810");
    CHECK(entry.checked == 15);
    entry.scan("TRAM-S:super");
    entry.pin("246810");
    const auto supervisor = entry.flow->take();
    REQUIRE(supervisor);
    REQUIRE(entry.lockout->unlock("S-1", supervisor->who().role));
    entry.scan("TRAM-S:helper");
    entry.pin("246810");
    CHECK(entry.in<sign::SignedIn>());
}

TEST_CASE("sign-in: what is no badge costs nothing, what is of nobody counts for the station") {
    Entry entry;
    for (int i = 0; i < 20; ++i) {
        entry.scan("https://example.vn");
        REQUIRE(entry.in<sign::NotABadge>());
    }
    CHECK_FALSE(std::filesystem::exists(entry.dir / "lockout.json"));
    entry.scan(std::string(500, 'x').c_str());
    CHECK(entry.in<sign::NotABadge>());
    for (int i = 0; i < 5; ++i) entry.scan("TRAM-S:nobody");
    REQUIRE(entry.in<sign::NotOnList>());
    CHECK(entry.in<sign::NotOnList>()->wait == 15s);
    entry.scheduler.advance(15s);
    CHECK(entry.in<sign::Badge>());
    entry.listTrouble = ProblemKind::Expired;
    entry.scan("TRAM-S:helper");
    CHECK(entry.in<sign::ListTooOld>());
    entry.listTrouble = ProblemKind::FileUnreadable;
    entry.scan("TRAM-S:helper");
    REQUIRE(entry.in<sign::Failed>());
    CHECK(entry.in<sign::Failed>()->problem.kind == ProblemKind::FileUnreadable);
}

TEST_CASE("sign-in: a PIN that cannot be counted is not looked at") {
    Entry entry;
    entry.scan("TRAM-S:helper");
    struct Full : base::Disk {
        int sync(int) override { return errno = ENOSPC, -1; }
    } full;
    const base::DiskInstead instead(full);
    entry.pin("246810");
    REQUIRE(entry.in<sign::Failed>());
    CHECK(entry.in<sign::Failed>()->problem.kind == ProblemKind::DiskFull);
    CHECK(entry.checked == 0);
}

TEST_CASE("sign-in: a code needs the line, and makes no seed") {
    Entry entry;
    entry.flow->useCode();
    REQUIRE(entry.in<sign::Code>());
    for (int i = 0; i < 10; ++i) {
        entry.lineTrouble = ProblemKind::NoNetwork;
        entry.code("1234", "246810");
        REQUIRE(entry.in<sign::NoLine>());
        entry.flow->useCode();
    }
    entry.lineTrouble = ProblemKind::Forbidden;
    entry.code("1234", "246810");
    CHECK(entry.in<sign::Locked>());
    entry.lineTrouble.reset();
    for (int i = 0; i < 5; ++i) {
        entry.flow->useCode();
        entry.code("1234", "000000");
        REQUIRE(entry.in<sign::Wrong>());
    }
    CHECK(entry.flow->waitLeft() == 15s);
    entry.scheduler.advance(15s);
    REQUIRE(entry.in<sign::Code>());
    entry.code("1234", "246810");
    const auto session = entry.flow->take();
    REQUIRE(session);
    CHECK(session->how() == SignedInBy::CodeAndPin);
    CHECK(session->draftSeed().empty());
    CHECK(session->badge().empty());
    Entry without(false);
    without.flow->useCode();
    CHECK(without.in<sign::Badge>());
}

TEST_CASE("sign-in: the PIN opens a session that idleness locked, and only its owner's") {
    Entry entry;
    entry.scan("TRAM-S:helper");
    entry.pin("246810");
    auto session = *entry.flow->take();
    const auto since = session.signedIn().sinceBoot;
    entry.clock.advance(31min);
    REQUIRE(session.look(entry.clock.boot()) == StaffSession::Standing::Locked);
    entry.flow->unlock(session);
    entry.scheduler.settle();
    REQUIRE(entry.in<sign::Pin>());
    entry.pin("000000");
    CHECK_FALSE(entry.flow->openAgain(session));
    entry.flow->unlock(session);
    entry.scheduler.settle();
    entry.pin("246810");
    REQUIRE(entry.flow->openAgain(session));
    CHECK(session.look(entry.clock.boot()) == StaffSession::Standing::Active);
    CHECK(session.signedIn().sinceBoot == since);
    CHECK_FALSE(session.draftSeed().empty());
    session.lock();
    entry.scan("TRAM-S:super");
    entry.pin("246810");
    CHECK_FALSE(entry.flow->openAgain(session));
    CHECK(session.isLocked());
    CHECK(entry.flow->take()->who().id == "S-9");
}

TEST_CASE("sign-in: what comes back to a page that was left is dropped") {
    Entry entry;
    entry.scan("TRAM-S:helper");
    entry.flow->enterPin(text("246810"));
    entry.scheduler.runBackground();
    entry.flow->restart();
    entry.scheduler.settle();
    CHECK(entry.in<sign::Badge>());
    CHECK_FALSE(entry.flow->take());
    entry.scan("TRAM-S:helper");
    entry.flow->enterPin(text("246810"));
    entry.flow.reset();
    entry.scheduler.settle();
    SUCCEED("nothing of the dead was touched");
}
