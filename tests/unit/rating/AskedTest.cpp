#include "rating/Asked.h"

#include <catch2/catch.hpp>

using namespace tram;
using rating::Asked;
using About = wire::Rating::About;

namespace {

std::string reason(const std::string& id, const std::string& about, const std::string& when) {
    return R"({"id": ")" + id + R"(", "about": [)" + about + R"(], "when": ")" + when +
           R"(", "text": {"vi": "a", "en": "b"}})";
}
base::Result<Asked> asked(const std::string& reasons) {
    return Asked::parse(R"({"v": 1, "reasons": [)" + reasons + "]}");
}

}  // namespace

TEST_CASE("the reasons that come with the program are read, for every subject, good and bad") {
    const auto ours = Asked::load(TRAM_SOURCE_DIR "/resources/content");
    REQUIRE(ours);
    for (const auto about : {About::Dossier, About::Visit, About::Kiosk})
        for (int stars = 1; stars <= 5; ++stars) CHECK(ours->of(about, stars).size() >= 3);
}

TEST_CASE("a reason is asked for where it belongs") {
    const auto some = asked(reason("quick", R"("dossier", "visit")", "good") + "," +
                            reason("late", R"("dossier")", "bad") + "," + reason("x", R"("kiosk")", "both"));
    REQUIRE(some);
    CHECK(some->of(About::Dossier, 3).front()->id == "late");
    CHECK(some->of(About::Dossier, 4).front()->id == "quick");
    CHECK(some->of(About::Visit, 1).empty());
    CHECK(some->of(About::Kiosk, 1).size() == 1);
    CHECK(some->of(About::Kiosk, 5).size() == 1);
}

TEST_CASE("reasons that are none are refused") {
    CHECK_FALSE(asked(""));
    CHECK_FALSE(asked(reason("A b", R"("kiosk")", "good")));
    CHECK_FALSE(asked(reason("a", R"("office")", "good")));
    CHECK_FALSE(asked(reason("a", R"("kiosk", "kiosk")", "good")));
    CHECK_FALSE(asked(reason("a", R"("kiosk")", "never")));
    CHECK_FALSE(asked(reason("a", R"("kiosk")", "good") + "," + reason("a", R"("visit")", "good")));
}
