// STANDARDS 9: what the gateway has backed up, by days that this kiosk has lived through itself.
#include "outbox/BackupMarks.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"

using namespace tram;
using outbox::BackupMarks;
using std::chrono::hours;

TEST_CASE("a number counts once it has been backed up for so long", "[outbox]") {
    test::FakeClock clock;
    BackupMarks marks;
    const auto later = [&](int h) {
        clock.advance(hours(h));
        marks = BackupMarks::parse(marks.text());
        marks.pass(clock.boot());
    };
    marks.pass(clock.boot());
    CHECK_FALSE(marks.heard(0, hours(20)));
    CHECK(marks.heard(7, hours(20)));
    CHECK(marks.heldFor(hours(24)) == 0);
    later(10);
    CHECK_FALSE(marks.heard(9, hours(20)));  // too soon for another note
    later(10);
    CHECK_FALSE(marks.heard(7, hours(20)));  // nothing new
    CHECK(marks.heard(9, hours(20)));
    CHECK(marks.heldFor(hours(24)) == 0);
    later(4);
    CHECK(marks.heldFor(hours(24)) == 7);
    CHECK(marks.heldFor(hours(24)) == 7);
    later(20);
    CHECK(marks.heldFor(hours(24)) == 9);
    CHECK(marks.heldFor(hours(24)) == 9);
}

TEST_CASE("days are added up over boots, and no clock adds to them", "[outbox]") {
    test::FakeClock clock;
    BackupMarks marks;
    marks.pass(clock.boot());
    REQUIRE(marks.heard(1, hours(20)));
    clock.set("2055-01-01T00:00:00+07:00");
    marks.pass(clock.boot());
    CHECK(marks.heldFor(hours(1)) == 0);
    for (int boot = 0; boot < 3; ++boot) {
        CHECK(marks.heldFor(hours(24)) == 0);
        clock.reboot();
        clock.advance(hours(8));
        marks.pass(clock.boot());
        marks = BackupMarks::parse(marks.text());
    }
    CHECK(marks.heldFor(hours(24)) == 1);
    // A boot-time clock that goes back is none; it takes nothing away either.
    auto back = clock.boot();
    back.sinceBoot -= hours(5);
    marks.pass(back);
    CHECK(marks.heldFor(hours(24)) == 1);
}

TEST_CASE("a note that is not ours is a beginning", "[outbox]") {
    const auto rest = GENERATE("", "x", "boot", "boot 1", "boot -1 5 0 7", "boot 1 -5", "boot 1 5 0",
                               "boot 1 5 0 0", "boot 1 5 6 7", "boot 1 5 -1 7", "boot 1 5 0 7 0 7",
                               "boot 1 5 3 7 2 9", "boot 1 5 0 7 x", "boot 1 5 0 99999999999999999999");
    INFO(rest);
    CHECK(BackupMarks::parse(rest).text() == BackupMarks().text());
    CHECK(BackupMarks::parse("boot 1 5 0 7 5 9").text() == "boot 1 5 0 7 5 9");
}
