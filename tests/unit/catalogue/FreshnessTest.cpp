#include "catalogue/Freshness.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::catalogue;

namespace {

base::WallTime at(const char* time) {
    base::WallTime out;
    REQUIRE(base::fromRfc3339(time, out));
    return out;
}

}  // namespace

TEST_CASE("What has a last day is over when that has passed here, not in Greenwich") {
    Kind kind;
    kind.until = "ends";
    const auto over = [&](const char* fields, const char* now) { return isOver(kind, fields, at(now)); };
    CHECK_FALSE(over(R"({"ends":"2026-11-29"})", "2026-11-29T16:59:59Z"));
    CHECK(over(R"({"ends":"2026-11-29"})", "2026-11-29T17:00:00Z"));
    for (const char* endless : {"{}", R"({"ends":7})", "nothing"})
        CHECK_FALSE(over(endless, "2030-01-01T00:00:00Z"));
    kind.until.clear();
    CHECK_FALSE(over(R"({"ends":"2026-11-29"})", "2030-01-01T00:00:00Z"));
}

TEST_CASE("What grows old is too old by its pack's own word") {
    Kind kind;
    CHECK_FALSE(isTooOld(kind, "2020-01-01T00:00:00Z", at("2030-01-01T00:00:00Z")));
    kind.freshDays = 14;
    CHECK_FALSE(isTooOld(kind, "2026-11-01T00:00:00Z", at("2026-11-15T00:00:00Z")));
    CHECK(isTooOld(kind, "2026-11-01T00:00:00Z", at("2026-11-15T00:00:01Z")));
    CHECK(isTooOld(kind, "some day", at("2026-11-01T00:00:00Z")));
    CHECK_FALSE(isTooOld(kind, "2026-11-02T00:00:00Z", at("2026-11-01T00:00:00Z")));  // a clock is behind
    CHECK(isTooOld(kind, "2026-11-02T00:00:01Z", at("2026-11-01T00:00:00Z")));
    CHECK(isTooOld(kind, "2999-01-01T00:00:00Z", at("2026-11-01T00:00:00Z")));
}
