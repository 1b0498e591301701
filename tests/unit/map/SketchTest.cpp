#include "map/Sketch.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::map;

namespace {

Sketch sketch() {
    return {
        {"Sơ đồ mẫu", "A sample"},
        {{Ground::Street,
          "Bàn Cờ",
          {{{10.77, 106.68}, {10.771, 106.682}}, {{10.772, 106.683}, {10.773, 106.68}}},
          {}},
         {Ground::Park, "Tao Đàn", {{{10.77, 106.69}, {10.77, 106.7}, {10.78, 106.7}, {10.77, 106.69}}}, {}},
         {Ground::Street, "", {{{-10.5, -106.25}, {0, 0}}}, {}}}};
}

bool refused(const std::string& bytes) {
    return !Sketch::parse(bytes);
}

}  // namespace

TEST_CASE("a sketch is the same after its file, areas before lines") {
    const auto bytes = sketch().toBytes();
    const auto read = Sketch::parse(bytes);
    REQUIRE(read);
    CHECK(read->toBytes() == bytes);
    CHECK(read->note().in("vi") == "Sơ đồ mẫu");
    REQUIRE(read->shapes().size() == 3);
    CHECK(read->shapes()[0].ground == Ground::Park);
    CHECK(read->shapes()[1].name == "Bàn Cờ");
    REQUIRE(read->shapes()[1].parts.size() == 2);
    CHECK(read->shapes()[1].parts[1][0].longitude == Approx(106.683));
    CHECK(read->shapes()[2].parts[0][0].latitude == Approx(-10.5));
    CHECK(read->box()->south == Approx(-10.5));
    CHECK(bytes.size() < 140);
}

TEST_CASE("a view is given what it may show") {
    const auto read = sketch();
    const auto found = read.within({10.7, 106.685, 10.9, 106.9});
    REQUIRE(found.size() == 1);
    CHECK(found[0]->name == "Tao Đàn");
    CHECK(read.within({-1, -1, 1, 1}).size() == 1);
    CHECK(Sketch({}, {}).within({-90, -180, 90, 180}).empty());
    CHECK_FALSE(Sketch({}, {}).box());
    CHECK(Sketch::parse(Sketch({}, {}).toBytes()));
}

TEST_CASE("a file that is no sketch to the last byte is refused") {
    const auto bytes = sketch().toBytes();
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK(refused(bytes.substr(0, cut)));
    CHECK(refused(bytes + '\0'));
    const std::string magic = "TRAMMAP2";
    CHECK(refused(magic + std::string("\0\0\xFF\xFF\xFF\xFF\x0F", 7)));  // four thousand million shapes
    CHECK(refused(magic + std::string("\0\0\x01\x63\0\x01\x02\0\0\0\0", 11)));  // no such ground
    CHECK_FALSE(refused(magic + std::string("\0\0\x01\x05\0\x01\x02\0\0\0\0", 11)));
    CHECK(refused(magic + std::string("\0\0\x01\x05\0\x01\x01\0\0", 9)));         // a line of one point
    CHECK(refused(magic + std::string("\0\0\x81\0\x05\0\x01\x02\0\0\0\0", 12)));  // one, written longer
    CHECK(refused(magic + std::string("\0\x02\xC3\x28\0", 5)));                   // not UTF-8
    CHECK(refused(magic +
                  std::string("\0\0\x01\x05\0\x01\x02\xFF\xFF\xFF\xFF\x0F\0\0\0", 15)));  // beyond the pole
    auto unordered = magic + std::string("\0\0\x02", 3);
    for (const char ground : {'\x05', '\x00'})
        unordered += std::string("") + ground + std::string("\0\x01\x02\0\0\0\0", 7);
    CHECK(refused(unordered));
    CHECK(Sketch::parse(std::string(Sketch::kMaxBytes + 1, 'x')).error().kind == base::ProblemKind::TooLarge);
}

TEST_CASE("a sketch is loaded from its file") {
    test::TempDir dir;
    CHECK(Sketch::load(dir / "a.sketch").error().kind == base::ProblemKind::FileMissing);
    std::ofstream(dir / "a.sketch", std::ios::binary) << sketch().toBytes();
    CHECK(Sketch::load(dir / "a.sketch")->shapes().size() == 3);
    CHECK(groundNamed("main-street") == Ground::MainStreet);
    CHECK_FALSE(groundNamed("sea"));
}
