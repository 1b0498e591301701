#include "pack/Slips.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace tram::pack;

TEST_CASE("one slip is a letter more, less or other, or two in the wrong order") {
    for (const auto* other : {"bnh", "benhh", "bemh", "ebnh", "benh", "xbenh", "enh", "ben"}) {
        INFO(other);
        CHECK(withinOneSlip("benh", other));
        CHECK(withinOneSlip(other, "benh"));
    }
    for (const auto* other : {"", "b", "be", "nebh", "bemhh", "binhh", "hneb", "xxbenh"}) {
        INFO(other);
        CHECK_FALSE(withinOneSlip("benh", other));
        CHECK_FALSE(withinOneSlip(other, "benh"));
    }
}

TEST_CASE("two words one slip apart share a deletion, or one is the other's") {
    const auto meets = [](const std::string& a, const std::string& b) {
        auto ofA = deletions(a), ofB = deletions(b);
        ofA.push_back(a);
        ofB.push_back(b);
        return std::ranges::any_of(ofA,
                                   [&](const auto& one) { return std::ranges::find(ofB, one) != ofB.end(); });
    };
    const std::string letters = "abc";
    std::vector<std::string> words = {""};
    for (std::size_t from = 0, length = 0; length < 4; ++length)
        for (const auto end = words.size(); from < end; ++from)
            for (const char letter : letters) words.push_back(words[from] + letter);
    std::size_t near = 0;
    for (const auto& a : words)
        for (const auto& b : words)
            if (withinOneSlip(a, b)) {
                ++near;
                CHECK(meets(a, b));
            }
    CHECK(near > words.size());
    CHECK(deletions("aab") == std::vector<std::string>{"ab", "aa"});
}
