#include "publish/BigCity.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "publish/PackSources.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using publish::CityNames;

namespace {

const CityNames& names() {
    static const auto loaded = CityNames::load(TRAM_SOURCE_DIR "/resources/demo/big_city.json").value();
    return loaded;
}

std::string namesWith(const std::string& text) {
    test::TempDir dir;
    std::ofstream(dir / "n.json") << text;
    const auto read = CityNames::load(dir / "n.json");
    REQUIRE_FALSE(read);
    return std::string(read.error().fact("key"));
}

}  // namespace

TEST_CASE("a big city is the same for the same seed, and of several kinds") {
    const auto one = publish::bigCity(names(), 500, 7, {"27154"}),
               same = publish::bigCity(names(), 500, 7, {"27154"});
    REQUIRE(one.size() == 500);
    CHECK(std::ranges::equal(one, same, {}, &pack::Entry::title, &pack::Entry::title));
    CHECK_FALSE(std::ranges::equal(one, publish::bigCity(names(), 500, 8, {"27154"}), {}, &pack::Entry::title,
                                   &pack::Entry::title));
    std::set<std::string> kinds;
    for (const auto& entry : one) kinds.insert(entry.kind);
    CHECK(kinds.size() == names().sorts.size());
}

TEST_CASE("a big city's sources have no fault") {
    const auto catalogue = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    const auto wards = content::WardDirectory::load(TRAM_SOURCE_DIR "/resources/content").value();
    test::TempDir dir;
    REQUIRE(publish::writeBigCity(dir / "city", names(), 400, 3, "Sở mẫu", catalogue, wards));
    const auto collected = publish::collect(dir / "city", catalogue, wards, test::at("2026-11-30T00:00:00Z"));
    REQUIRE(collected);
    CHECK(collected->faults.empty());
    CHECK(collected->entries.size() == 400);
    CHECK(collected->about.source == "Sở mẫu");
}

TEST_CASE("names of a city are read strictly") {
    CHECK(namesWith("[]") == ".");
    CHECK(namesWith(R"({"family": []})") == "family");
    CHECK(namesWith(R"({"family": [5]})") == "family");
}
