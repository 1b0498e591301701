#include "base/PercentEncoding.h"

#include <catch2/catch.hpp>

using tram::base::percentEncoded;

TEST_CASE("what a URL gives a meaning to is encoded, byte by byte, and nothing else") {
    CHECK(percentEncoded("H29.25-260310_0420~") == "H29.25-260310_0420~");
    CHECK(percentEncoded("a b/c?d=e&f#g%") == "a%20b%2Fc%3Fd%3De%26f%23g%25");
    CHECK(percentEncoded("hồ") == "h%E1%BB%93");
    CHECK(percentEncoded(std::string("\0\x7f", 2)) == "%00%7F");
    CHECK(percentEncoded("").empty());
}
