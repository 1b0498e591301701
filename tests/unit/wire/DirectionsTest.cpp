#include "wire/Directions.h"

#include <catch2/catch.hpp>

using namespace tram::wire;

TEST_CASE("a link leads to a place by both its degrees") {
    CHECK(isDirectionsLink(kDirectionsLink));
    CHECK(directionsTo("https://m.vn/#{latitude}/{longitude}", 10.77, 106.6800004) ==
          "https://m.vn/#10.770000/106.680000");
    for (const char* bad : {"", "http://m.vn/{latitude},{longitude}", "https://m.vn/{latitude}",
                            "https://m.vn/{latitude},{longitude},{latitude}",
                            "https:///{latitude}{longitude}", "https://m.vn/ {latitude}{longitude}",
                            "https://m.vn{latitude}{longitude}", "https://a@m.vn/{latitude}{longitude}"}) {
        INFO(bad);
        CHECK_FALSE(isDirectionsLink(bad));
    }
}
