#include "assist/Helping.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"

using namespace tram;
using namespace std::chrono_literals;
using namespace tram::assist;
using How = wire::Handling::How;
using Hindrance = Helping::Hindrance;
using wire::StaffRole;

namespace {

struct Counter {
    test::FakeClock clock;
    Helping helping{clock, "Quầy 3"};
    StaffSession staff = as(StaffRole::Helper);

    StaffSession as(StaffRole role) {
        return {{"S-7K3Q", "Thử", "Tổ 03", role}, SignedInBy::BadgeAndPin, {}, {}, clock.boot()};
    }
    Hindrance hindrance(Errand errand) { return helping.hindrance(errand, staff); }
};

}  // namespace

TEST_CASE("helping: look-ups need no file, personal data need one and consent") {
    Counter counter;
    for (const auto errand :
         {Errand::LookUp, Errand::Guide, Errand::TakeNumber, Errand::Survey, Errand::Rating, Errand::Fault}) {
        CHECK_FALSE(needsFile(errand));
        CHECK(counter.hindrance(errand) == Hindrance::None);
    }
    for (const auto errand :
         {Errand::Feedback, Errand::Appointment, Errand::Watch, Errand::Account, Errand::Papers}) {
        CHECK(needsFile(errand));
        CHECK(counter.hindrance(errand) == Hindrance::NeedsFile);
    }
    REQUIRE(counter.helping.openFile(Identified::ByCard));
    CHECK_FALSE(counter.helping.openFile(Identified::ByVneid));
    CHECK(counter.hindrance(Errand::Feedback) == Hindrance::NeedsConsent);
    CHECK_FALSE(counter.helping.handling(counter.staff).consent);
    REQUIRE(counter.helping.giveConsent("assist-vi-1", How::Aloud));
    CHECK(counter.hindrance(Errand::Feedback) == Hindrance::None);
    const auto handling = counter.helping.handling(counter.staff);
    CHECK(handling.staff == "S-7K3Q");
    CHECK(handling.role == StaffRole::Helper);
    CHECK(handling.desk == "Quầy 3");
    REQUIRE(handling.consent);
    CHECK(*handling.consent ==
          wire::Handling::Consent{"assist-vi-1", "2026-11-21T09:41:07.250+07:00", How::Aloud});
}

TEST_CASE("helping: roles and a locked screen stand in the way, too") {
    Counter counter;
    CHECK(counter.hindrance(Errand::Rights) == Hindrance::NotThisRole);
    counter.staff = counter.as(StaffRole::Officer);
    CHECK(counter.hindrance(Errand::Rights) == Hindrance::NeedsFile);
    counter.staff.lock();
    CHECK(counter.hindrance(Errand::LookUp) == Hindrance::SessionLocked);
}

TEST_CASE("helping: consent refused half-way ends the work, and may be given again") {
    Counter counter;
    CHECK_FALSE(counter.helping.giveConsent("1", How::Touch));
    CHECK_FALSE(counter.helping.refuseConsent());
    CHECK_FALSE(counter.helping.identify(Identified::ByCard));
    REQUIRE(counter.helping.openFile(Identified::NotAtAll));
    REQUIRE(counter.helping.giveConsent("1", How::Touch));
    REQUIRE(counter.helping.refuseConsent());
    CHECK(counter.hindrance(Errand::Feedback) == Hindrance::NeedsConsent);
    CHECK_FALSE(counter.helping.handling(counter.staff).consent);
    CHECK(counter.helping.file()->refused);
    REQUIRE(counter.helping.giveConsent("1", How::Aloud));
    CHECK_FALSE(counter.helping.file()->refused);
    CHECK(counter.hindrance(Errand::Feedback) == Hindrance::None);
}

TEST_CASE("helping: the next resident begins with nothing of this one") {
    Counter counter;
    int changes = 0;
    counter.helping.onChange = [&] { ++changes; };
    counter.clock.advance(6min + 21s);
    counter.clock.set("2036-01-01T00:00:00+07:00");
    CHECK(counter.helping.elapsed() == 6min + 21s);
    REQUIRE(counter.helping.openFile(Identified::NotAtAll));
    REQUIRE(counter.helping.identify(Identified::ByVneid));
    REQUIRE(counter.helping.giveConsent("1", How::Touch));
    const auto ended = counter.helping.next(Disposition::Referred);
    CHECK(changes == 4);
    CHECK(ended.took == 6min + 21s);
    CHECK(ended.disposition == Disposition::Referred);
    REQUIRE(ended.file);
    CHECK(ended.file->identified == Identified::ByVneid);
    CHECK(ended.file->consent->version == "1");
    CHECK(counter.helping.elapsed() == 0s);
    CHECK_FALSE(counter.helping.file());
    CHECK_FALSE(counter.helping.handling(counter.staff).consent);
    CHECK(counter.hindrance(Errand::Feedback) == Hindrance::NeedsFile);
    CHECK_FALSE(counter.helping.next(Disposition::Left).file);
    CHECK(name(Disposition::RefusedConsent) == "refused_consent");
    CHECK(name(Identified::NotAtAll) == "none");
}
