#include "base/Uuid.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace tram::base;

TEST_CASE("version 7 carries milliseconds, version and variant") {
    // RFC 9562, appendix A.6: 2022-02-22T14:22:22-05:00 is 017F22E2-79B0-7…
    WallTime time;
    REQUIRE(fromRfc3339("2022-02-22T14:22:22-05:00", time));
    for (int i = 0; i < 200; ++i) {
        const auto id = Uuid::v7(time).text();
        CAPTURE(id);
        CHECK(id.substr(0, 15) == "017f22e2-79b0-7");
        CHECK(std::string("89ab").find(id[19]) != std::string::npos);
        CHECK(Uuid::parse(id));
    }
}

TEST_CASE("later ids sort later, and no two are the same") {
    WallTime time{Millis{1'795'228'867'250}};
    std::set<Uuid> ids;
    for (int i = 0; i < 1000; ++i) ids.insert(Uuid::v7(time));
    CHECK(ids.size() == 1000);
    CHECK(*ids.rbegin() < Uuid::v7(time + Millis{1}));
}

TEST_CASE("only the canonical form is read") {
    CHECK(Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")->text() ==
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    CHECK(Uuid::parse("919108f7-52d1-4320-9bac-f847db4148a8"));  // RFC 9562, A.3: version 4
    const auto text = GENERATE(as<std::string>{}, "", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
                               "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}", "017f22e279b07cc398c4dc0c0c07398f",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                               "017f22e2 79b0 7cc3 98c4 dc0c0c07398f");
    CAPTURE(text);
    CHECK_FALSE(Uuid::parse(text));
}
