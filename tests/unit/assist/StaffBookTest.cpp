#include "assist/StaffBook.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"
#include "tests/unit/wire/StaffSample.h"

using namespace tram;
using namespace tram::assist;
using base::ProblemKind;

namespace {

/// A station of the ward whose list the sample is: the clock begins on the day it was signed.
struct Station {
    test::TempDir dir;
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    std::shared_ptr<const wire::StaffList> list = std::make_shared<wire::StaffList>(test::staffList());
    StaffBook book{[this]() -> base::Result<StaffBook::List> { return list; }, clock};

    base::SecretText badge(unsigned char fill) const { return wire::BadgeCode::write(test::badgeOf(fill)); }
    ProblemKind finding(const base::SecretText& badge) const {
        const auto found = book.find(badge);
        return found ? ProblemKind::Internal : found.error().kind;
    }
};

}  // namespace

TEST_CASE("staff book: a badge finds its member, and its PIN makes the same seed each time") {
    Station at;
    const auto who = at.book.find(at.badge(2));
    REQUIRE(who);
    CHECK(who->id == "S-0B3D5F7H");
    CHECK(who->role == wire::StaffRole::Supervisor);
    const auto seed = at.book.check(at.badge(2), base::SecretText("246810"));
    REQUIRE(seed);
    CHECK(seed->reveal().size() == StaffSession::kSeedBytes);
    CHECK(at.book.check(at.badge(2), base::SecretText("246810"))->reveal() == seed->reveal());
    CHECK(at.book.check(at.badge(1), base::SecretText("246810"))->reveal() != seed->reveal());
    CHECK(at.book.check(at.badge(2), base::SecretText("246811")).error().kind == ProblemKind::Unauthorized);
}

TEST_CASE("staff book: another code, a stranger's badge, who was revoked, and a list that is too old") {
    Station at;
    CHECK(at.finding(base::SecretText("K7M3Q9X2TW")) == ProblemKind::Malformed);
    CHECK(at.finding(at.badge(3)) == ProblemKind::NotFound);
    auto without = test::staffList();
    without.members.pop_back();
    at.list = std::make_shared<wire::StaffList>(std::move(without));
    CHECK(at.finding(at.badge(2)) == ProblemKind::NotFound);
    CHECK(at.book.find(at.badge(1)));
    at.clock.advance(std::chrono::hours(7 * 24));
    CHECK(at.finding(at.badge(1)) == ProblemKind::Expired);
}

TEST_CASE("staff book: signing in with a badge and its PIN, with real keys") {
    Station at;
    auto lockout = std::make_shared<Lockout>(at.dir / "lockout.json", at.clock);
    SignIn flow({[&](const auto& badge) { return at.book.find(badge); },
                 [&](const auto& badge, const auto& pin) { return at.book.check(badge, pin); }, nullptr},
                lockout, at.scheduler, at.clock);
    flow.scanned(at.badge(1));
    at.scheduler.settle();
    REQUIRE(std::holds_alternative<sign::Pin>(flow.state()));
    flow.enterPin(base::SecretText("246811"));
    at.scheduler.settle();
    CHECK(std::holds_alternative<sign::Wrong>(flow.state()));
    flow.scanned(at.badge(1));
    at.scheduler.settle();
    flow.enterPin(base::SecretText("246810"));
    at.scheduler.settle();
    REQUIRE(std::holds_alternative<sign::SignedIn>(flow.state()));
    const auto session = flow.take();
    REQUIRE(session);
    CHECK(session->who().id == "S-7QK2M9XA");
    CHECK(session->draftSeed().reveal() == at.book.check(at.badge(1), base::SecretText("246810"))->reveal());
}
