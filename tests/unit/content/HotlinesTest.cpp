#include "content/Hotlines.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using content::loadHotlines;

TEST_CASE("the numbers for danger to life are there, labelled in both languages") {
    const auto hotlines = loadHotlines(TRAM_SOURCE_DIR "/resources/content");
    REQUIRE(hotlines);
    std::vector<std::string> danger;
    for (const auto& hotline : *hotlines) {
        CHECK_FALSE(hotline.label("vi").empty());
        CHECK_FALSE(hotline.label("en").empty());
        if (hotline.danger) danger.push_back(hotline.number + " " + hotline.label("vi"));
    }
    CHECK(danger ==
          std::vector<std::string>{"112 Thiên tai", "113 Công an", "114 Cứu hoả – cứu nạn", "115 Cấp cứu"});
}

TEST_CASE("a list of hotlines with a mistake is refused with its line") {
    const auto row = GENERATE(as<std::string>(), "abc,Công an,Police,danger", "12,Công an,Police,danger",
                              "113,,Police,danger", "113,Công an,,danger", "113,Công an,Police,fire",
                              "113,Công an,Police");
    const test::TempDir dir;
    std::ofstream(dir / "hotlines.csv") << "number,vi,en,kind\n112,Thiên tai,Disaster,danger\n"
                                        << row << "\n";
    const auto hotlines = loadHotlines(dir.path());
    REQUIRE_FALSE(hotlines);
    CHECK(hotlines.error().kind == base::ProblemKind::Malformed);
    CHECK(hotlines.error().fact("line") == "3");
    CHECK(hotlines.error().fact("path").ends_with("/hotlines.csv"));
}
