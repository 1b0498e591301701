#include "net/HttpDate.h"

#include <catch2/catch.hpp>

using namespace tram;

namespace {

base::WallTime at(const char* rfc3339) {
    base::WallTime time;
    REQUIRE(base::fromRfc3339(rfc3339, time));
    return time;
}

}  // namespace

TEST_CASE("HTTP dates are read in all three forms", "[net]") {  // RFC 9110 §5.6.7
    const auto expected = at("1994-11-06T08:49:37Z");
    CHECK(net::parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT") == expected);
    CHECK(net::parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT") == expected);
    CHECK(net::parseHttpDate("Sun Nov  6 08:49:37 1994") == expected);
}

TEST_CASE("what is no HTTP date is not read as one", "[net]") {
    for (const char* text : {"", "0", "tomorrow", "Sun, 06 Nov", "2026-11-21T09:41:07+07:00 and more",
                             "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
        CAPTURE(text);
        CHECK_FALSE(net::parseHttpDate(text).has_value());
    }
}

TEST_CASE("Retry-After is seconds or a date", "[net]") {  // RFC 9110 §10.2.3
    const std::string date = "Sat, 21 Nov 2026 02:41:07 GMT";
    CHECK(net::parseRetryAfter("120", date) == base::Millis(120000));
    CHECK(net::parseRetryAfter("0", "") == base::Millis(0));
    CHECK(net::parseRetryAfter("Sat, 21 Nov 2026 02:43:07 GMT", date) == base::Millis(120000));
    SECTION("a date already past means now") {
        CHECK(net::parseRetryAfter("Sat, 21 Nov 2026 02:00:00 GMT", date) == base::Millis(0));
    }
    SECTION("never more than an hour, whatever is said") {
        CHECK(net::parseRetryAfter("99999999", date) == base::Millis(std::chrono::hours(1)));
        CHECK(net::parseRetryAfter("99999999999999999999999999", date) ==
              base::Millis(std::chrono::hours(1)));
        CHECK(net::parseRetryAfter("Sat, 21 Nov 2099 02:43:07 GMT", date) ==
              base::Millis(std::chrono::hours(1)));
    }
    SECTION("nonsense is no wait") {
        for (const char* text : {"", "-5", "1.5", "5 s", "soon"})
            CHECK_FALSE(net::parseRetryAfter(text, date));
        CHECK_FALSE(net::parseRetryAfter("Sat, 21 Nov 2026 02:43:07 GMT", ""));
    }
}
