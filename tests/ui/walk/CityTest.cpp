#include <catch2/catch.hpp>
#include <fstream>

#include "Visit.h"
#include "content/City.h"
#include "tests/support/TempDir.h"

namespace tram::ui::test {

namespace {

/// The pretend city as the build made it; a visit waits for no download.
void knows(Visit& visit, const std::vector<std::filesystem::path>& packs) {
    auto services = visit.kiosk().services();
    services.city = [city = std::make_shared<const content::City>(
                         content::City::open(services.city()->catalogue(), packs))] { return city; };
    visit.kiosk().useServices(services);
}

const char* const kPack = TRAM_BINARY_DIR "/share/tram/demo-packs/city.pack";

}  // namespace

TEST_CASE("A hospital is found by what is typed without accents, read, and taken along") {
    Visit visit("vi");
    knows(visit, {kPack});
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.search");
    REQUIRE(visit.arrives("city_search"));
    visit.robot().type("benh vien tuoi tho");
    REQUIRE(visit.shows("entry.clinic.y-te-025"));
    CHECK(says(visit, "Cơ sở y tế"));
    visit.robot().tap("entry.clinic.y-te-025");
    REQUIRE(visit.arrives("city_entry"));
    CHECK(visit.shows("code.directions"));
    CHECK(visit.shows("code.page"));  // the gateway's own page of it
    CHECK(says(visit, "Dữ liệu mẫu"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("city_search"));
    CHECK(visit.shows("entry.clinic.y-te-025"));  // what was typed is still there

    // A code typed here is as good as one that was scanned.
    visit.kiosk().home();
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.search");
    REQUIRE(visit.arrives("city_search"));
    visit.robot().type("H29.25-260310-0420");
    REQUIRE(visit.shows("found.code"));
    visit.robot().tap("found.code");
    CHECK(visit.arrives("dossier_status"));
}

TEST_CASE("A list is narrowed by what is chosen and what is typed, and says when nothing is left or there") {
    Visit visit("vi");
    knows(visit, {kPack});
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.all");
    REQUIRE(visit.arrives("city_groups"));
    visit.robot().tap("group.giao-duc");
    REQUIRE(visit.arrives("city_group"));
    visit.robot().tap("kind.school");
    REQUIRE(visit.arrives("city_list"));
    CHECK(says(visit, "Có 72 mục"));
    visit.robot().tap("only.level.tieu-hoc");
    CHECK(says(visit, "Có 25 mục"));
    visit.robot().tap("search");
    visit.robot().type("binh minh");
    CHECK(visit.shows("entry.school.truong-002"));
    CHECK_FALSE(visit.shows("only.level.thcs"));  // room for what is found
    visit.robot().type(" xyz");
    CHECK(visit.shows("none"));

    knows(visit, {});
    visit.kiosk().home();
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.procedures");
    CHECK(visit.arrives("city_list_nothing"));
}

TEST_CASE("What is around is chosen in the list or on the map, and the way there goes along to a phone") {
    Visit visit("vi");
    knows(visit, {kPack});
    const auto ground = visit.kiosk().services().map;
    REQUIRE(ground);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.nearby");
    REQUIRE(visit.arrives("nearby"));
    CHECK(says(visit, ground->note("vi")));  // no sketch passes for a survey
    visit.robot().tap("kind.clinic");
    REQUIRE(visit.shows("marker.clinic.tram-y-te-27154"));
    visit.robot().tap("marker.clinic.tram-y-te-27154");
    const auto chosen = spoken(visit, "chosen");
    CHECK(chosen.find("Trạm Y tế") != std::string::npos);
    CHECK(chosen.find(". ") != std::string::npos);  // by its number in the list
    visit.robot().tap("chosen.open");
    REQUIRE(visit.arrives("city_entry"));
    CHECK(visit.shows("code.directions"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("nearby"));
    CHECK(spoken(visit, "chosen") == chosen);

    // An area is asked by a tap within it.
    visit.robot().tap("map.layers");
    visit.robot().tap("layer.enrolment-area");
    visit.robot().tap("map.here");
    visit.robot().tap("map");
    CHECK(spoken(visit, "chosen").find("Tuyến") != std::string::npos);
}

TEST_CASE("A kind that cannot be read costs its own pages alone") {
    Visit visit("vi");
    const tram::test::TempDir share;
    const std::filesystem::path whole = TRAM_BINARY_DIR "/share/tram";
    for (const auto& one : std::filesystem::directory_iterator(whole))
        if (one.path().filename() != "catalogue")
            create_symlink(one.path(), share.path() / one.path().filename());
    copy(whole / "catalogue", share / "catalogue", std::filesystem::copy_options::recursive);
    std::ofstream(share / "catalogue/kinds/library.json") << R"({"kind": "library"})";
    visit.shareFrom(share.path());
    visit.nextResident();
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.procedures");
    CHECK(visit.arrives("city_list"));
    visit.kiosk().home();
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.all");
    CHECK(visit.arrives("city_groups"));
    visit.kiosk().home();
    REQUIRE(visit.arrives("home"));
    visit.typeReport();
}

}  // namespace tram::ui::test
