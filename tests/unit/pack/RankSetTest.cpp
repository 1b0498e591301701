#include "pack/RankSet.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

using tram::pack::RankSet;

TEST_CASE("a set of ranks is what a set of numbers is, in bytes too") {
    const auto seed = Catch::rngSeed() ? Catch::rngSeed() : std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 50; ++round) {
        const std::size_t size = 1 + random() % 5000;
        std::set<std::size_t> a, b, both, either;
        RankSet ofA(size), ofB(size);
        for (int at = 0; at < 300; ++at) {
            const auto rank = 1 + random() % size;
            at % 2 ? (a.insert(rank), ofA.add(rank)) : (b.insert(rank), ofB.add(rank));
        }
        std::ranges::set_intersection(a, b, std::inserter(both, both.end()));
        std::ranges::set_union(a, b, std::inserter(either, either.end()));
        auto andSet = ofA, orSet = ofA;
        andSet &= ofB;
        orSet |= ofB;
        CHECK(andSet.first(size) == std::vector(both.begin(), both.end()));
        CHECK(orSet.first(size) == std::vector(either.begin(), either.end()));
        CHECK(orSet.first(3).size() == std::min<std::size_t>(3, either.size()));
        RankSet back(size);
        CHECK(back.addBytes(orSet.toBytes()));
        CHECK(back.first(size) == orSet.first(size));
    }
}

TEST_CASE("bytes that are no set are told, and reach nothing beyond it") {
    const auto read = [](std::string_view bytes) { return RankSet(100).addBytes(bytes); };
    CHECK(read(""));
    CHECK(read("\x64"));
    CHECK_FALSE(read("\x65"));
    CHECK_FALSE(read(std::string_view("\0", 1)));
    CHECK_FALSE(read("\x80"));
    CHECK_FALSE(read("\x32\x33"));
    CHECK_FALSE(read("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
    RankSet set(100);
    CHECK_FALSE(set.has(101));
    CHECK_FALSE(set.has(1'000'000));
}
