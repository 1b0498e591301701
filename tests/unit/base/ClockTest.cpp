#include "base/Clock.h"

#include <catch2/catch.hpp>
#include <random>

using namespace tram::base;
using namespace std::chrono;

namespace {

WallTime at(std::int64_t millis) {
    return WallTime(Millis(millis));
}

std::int64_t read(std::string_view text) {
    WallTime time;
    REQUIRE(fromRfc3339(text, time));
    return time.time_since_epoch().count();
}

}  // namespace

TEST_CASE("times are written with Ho Chi Minh City's offset") {
    CHECK(toRfc3339(at(0)) == "1970-01-01T07:00:00.000+07:00");
    CHECK(toRfc3339(at(1795228867250)) == "2026-11-21T09:41:07.250+07:00");
    CHECK(toRfc3339(at(-1)) == "1970-01-01T06:59:59.999+07:00");
    CHECK(toRfc3339(at(1709139600000)) == "2024-02-29T00:00:00.000+07:00");
}

TEST_CASE("any RFC 3339 offset is read") {
    // RFC 3339 §5.8, the examples
    CHECK(read("1985-04-12T23:20:50.52Z") == 482196050520);
    CHECK(read("1996-12-19T16:39:57-08:00") == 851042397000);
    CHECK(read("1990-12-31T23:59:60Z") == 662688000000);
    CHECK(read("1990-12-31T15:59:60-08:00") == 662688000000);
    CHECK(read("1937-01-01T12:00:27.87+00:20") == -1041337172130);
    CHECK(read("2026-11-21t02:41:07.2509999z") == 1795228867250);
}

TEST_CASE("what is not RFC 3339 is refused and leaves the time alone") {
    const auto text =
        GENERATE(as<std::string>{}, "", "2026-11-21", "2026-11-21T09:41:07", "2026-11-21 09:41:07Z",
                 "2026-13-21T09:41:07Z", "2026-02-29T09:41:07Z", "2026-11-21T24:00:00Z",
                 "2026-11-21T09:60:07Z", "2026-11-21T09:41:61Z", "2026-11-21T09:41:07.Z",
                 "2026-11-21T09:41:07+0700", "2026-11-21T09:41:07+24:00", "2026-11-21T09:41:07Z ",
                 "2026-11-21T09:41:07+07:00Z", "+026-11-21T09:41:07Z", "2026-11-21T09:41:07,5Z",
                 "26-11-21T09:41:07Z", "2026-1-21T09:41:07Z", "2026-00-10T00:00:00Z");
    CAPTURE(text);
    WallTime time = at(42);
    CHECK_FALSE(fromRfc3339(text, time));
    CHECK(time == at(42));
    CHECK_FALSE(fromRfc3339(std::string("2026-11-21T09:41:07Z\0", 21), time));
}

TEST_CASE("every time reads back as itself") {
    std::mt19937_64 random(20261121);
    std::uniform_int_distribution<std::int64_t> millis(-62'135'596'800'000 + 86'400'000,
                                                       253'402'300'799'999 - 86'400'000);
    for (int i = 0; i < 2000; ++i) {
        const auto time = at(millis(random));
        WallTime back;
        REQUIRE(fromRfc3339(toRfc3339(time), back));
        REQUIRE(back == time);
    }
}

TEST_CASE("an hour is all that stays of an anonymous time") {  // STANDARDS 14
    CHECK(toRfc3339(coarseToHour(at(1795228867250))) == "2026-11-21T09:00:00.000+07:00");
    CHECK(toRfc3339(coarseToHour(at(-1))) == "1970-01-01T06:00:00.000+07:00");
    CHECK(coarseToHour(at(3'600'000)) == at(3'600'000));
}

TEST_CASE("the system's clocks") {
    const SystemClock clock;
    const auto first = clock.boot(), second = clock.boot();
    CHECK(first.bootId.size() == 36);
    CHECK(first.bootId == second.bootId);
    CHECK(first.sinceBoot > Millis(0));
    CHECK(second.sinceBoot >= first.sinceBoot);
    CHECK(clock.wall() > at(1'700'000'000'000));
}
