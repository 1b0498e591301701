#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "pack/PackFile.h"
#include "pack/PackWriter.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::pack;
using namespace tram::test;

namespace {

Area square(double south, double west, double side) {
    return {{{{{{south, west},
                {south, west + side},
                {south + side, west + side},
                {south + side, west},
                {south, west}}}}}};
}

Entry entry(const char* kind, const std::string& id, int popularity) {
    Entry entry;
    entry.kind = kind;
    entry.id = entry.title = id;
    entry.fields = "{}";
    entry.popularity = popularity;
    return entry;
}

Entry area(const std::string& id, const Area& shape, int popularity = 0) {
    auto made = entry("enrolment-area", id, popularity);
    made.area = shape;
    return made;
}

struct Packed {
    TempDir dir;
    std::optional<PackFile> file;

    explicit Packed(std::vector<Entry> entries) {
        REQUIRE(writePack(dir / "a.pack", {"a", "b", "c"}, std::move(entries)));
        file = PackFile::open(dir / "a.pack").value();
    }
};

std::vector<std::string> ids(const std::vector<Entry>& entries) {
    std::vector<std::string> all;
    for (const auto& one : entries) all.push_back(one.id);
    return all;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an area holds what is inside its rings and not in their holes") {
    auto ring = square(10, 106, 1);
    ring.polygons[0].rings.push_back(square(10.4, 106.4, 0.2).polygons[0].rings[0]);
    CHECK(ring.contains({10.1, 106.1}));
    CHECK_FALSE(ring.contains({10.5, 106.5}));
    CHECK_FALSE(ring.contains({9.9, 106.5}));
    CHECK_FALSE(ring.contains({10.5, 107.1}));
    CHECK(boxOf(ring) == Box{10, 106, 11, 107});
    CHECK_FALSE(boxOf({}));
    // Neighbours share a wall: a place on it is in one of them, never in both or none.
    const auto left = square(10, 105, 1), right = square(10, 106, 1), above = square(11, 105, 1);
    for (double north = 10.05; north < 11; north += 0.1)
        CHECK(left.contains({north, 106}) + right.contains({north, 106}) == 1);
    CHECK(left.contains({11, 105.5}) + above.contains({11, 105.5}) == 1);
}

TEST_CASE("an area is the same after a pack, and bytes that are none are refused") {
    auto shape = square(10.7765432, 106.7012345, 0.0123456);
    shape.polygons.push_back(square(20.9, 105.8, 0.25).polygons[0]);
    const auto bytes = toBytes(shape);
    const auto again = areaFromBytes(bytes);
    REQUIRE(again);
    CHECK(toBytes(*again) == bytes);
    CHECK(again->polygons[0].rings[0][0].latitude == Approx(10.7765432).margin(1e-9));
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK_FALSE(areaFromBytes(bytes.substr(0, cut)));
    CHECK_FALSE(areaFromBytes(bytes + '\0'));
    CHECK_FALSE(areaFromBytes(std::string(4, '\xFF')));
    CHECK_FALSE(areaFromBytes(std::string(4, '\0')));
    CHECK_FALSE(areaFromBytes(std::string(200'000, '\1')));
}

TEST_CASE("a place is asked for the areas that hold it, the most popular first") {
    const Packed pack({area("wide", square(10, 106, 2), 1), area("here", square(10.5, 106.5, 0.5), 5),
                       area("there", square(11.5, 107.5, 0.4)), entry("school", "none", 9)});
    CHECK(ids(pack.file->areasAt({10.7, 106.7})) == Ids{"here", "wide"});
    CHECK(ids(pack.file->areasAt({11.7, 107.7})) == Ids{"wide", "there"});
    CHECK(ids(pack.file->areasAt({10.7, 106.7}, "flood")).empty());
    CHECK(pack.file->areasAt({9, 106}).empty());
    const auto one = pack.file->entry("enrolment-area", "here");
    REQUIRE(one);
    CHECK(one->area == square(10.5, 106.5, 0.5));
    CHECK(pack.file->entry("school", "none")->area.empty());
}

TEST_CASE("a box of the map is asked for what is in it, by popularity, and agrees with looking at each") {
    std::mt19937 random(5);
    std::vector<Entry> city;
    const auto degrees = [&](double from) { return from + static_cast<double>(random() % 10'000) / 1e5; };
    for (int at = 0; at < 6'000; ++at) {
        city.push_back(
            entry(at % 3 ? "school" : "clinic", std::to_string(at), static_cast<int>(random() % 99)));
        if (at % 10) city.back().place = Point{degrees(10.7), degrees(106.6)};
    }
    for (int at = 0; at < 20; ++at)
        city.push_back(area("a" + std::to_string(at), square(degrees(10.7), degrees(106.6), 0.004)));
    const Packed pack(city);
    for (const double side : {0.0, 0.001, 0.01, 0.05, 0.2}) {
        for (const Ids& kinds : {Ids{"school"}, Ids{"clinic", "enrolment-area"}, Ids{"nothing"}, Ids{}}) {
            const double south = degrees(10.7), west = degrees(106.6);
            const Box box{south, west, south + side, west + side};
            Ids expected;
            pack.file->each([&](const Entry& one) {
                const auto around = boxOf(one.area);
                if (std::ranges::count(kinds, one.kind) &&
                    ((one.place && box.contains(*one.place)) || (around && around->meets(box))))
                    expected.push_back(one.id);
            });
            auto found = ids(pack.file->within(kinds, box, 10'000));
            CHECK(ids(pack.file->within(kinds, box, 3)) ==
                  Ids(found.begin(),
                      found.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, found.size()))));
            std::ranges::sort(found);
            std::ranges::sort(expected);
            CHECK(found == expected);
        }
    }
    const auto popular = pack.file->within({"school"}, {10, 106, 11, 107}, 50);
    REQUIRE(popular.size() == 50);
    CHECK(popular[0].place);
}

TEST_CASE("a shape that is none is damage") {
    const Packed pack({area("a", square(10, 106, 1))});
    SQLite::Database(pack.dir / "a.pack", SQLite::OPEN_READWRITE).exec("UPDATE areas SET shape = x'01'");
    const auto opened = PackFile::open(pack.dir / "a.pack");
    REQUIRE(opened);
    CHECK_THROWS_AS(opened->areasAt({10.5, 106.5}), SQLite::Exception);
}
