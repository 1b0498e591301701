#include "pack/Slips.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/unit/pack/OneSlip.h"

using namespace tram::pack;
using tram::test::oneSlipFrom;

TEST_CASE("a word without each of its letters, each once") {
    CHECK(deletions("aab") == std::vector<std::string>{"ab", "aa"});
    CHECK(deletions("").empty());
}

TEST_CASE("what was typed begins a text with as few slips as it takes, and it is told where a word ends") {
    const std::string text = "benh vien tu du";
    CHECK(beginningOf(text, "benh vien", 1) == Beginning{0, true});
    CHECK(beginningOf(text, "benh vie", 1) == Beginning{0, false});
    CHECK(beginningOf(text, "", 1) == Beginning{0, false});
    for (const auto* slipped :
         {"bneh vien", "bnh vien", "benhh vien", "bemh vien", "benhvien", "benhv ien", "be nh vien"}) {
        INFO(slipped);
        CHECK(beginningOf(text, slipped, 1) == Beginning{1, true});
        CHECK_FALSE(beginningOf(text, slipped, 0));
    }
    CHECK(beginningOf(text, "benh vei", 1) == Beginning{1, false});
    CHECK(beginningOf(text, "bneh vein", 2) == Beginning{2, true});
    CHECK_FALSE(beginningOf(text, "bneh vein", 1));
    CHECK_FALSE(beginningOf("ben", "benhv", 1));
    CHECK(beginningOf("", "a", 1) == Beginning{1, true});
}

TEST_CASE("beginnings one slip away are those and no others") {
    const auto words = tram::test::wordsOver("abc", 4);
    for (const auto& typed : words)
        for (const auto& text : words) {
            bool any = text.starts_with(typed);
            for (const auto& other : oneSlipFrom(typed, "abc")) any = any || text.starts_with(other);
            if (beginningOf(text, typed, 1).has_value() != any) FAIL_CHECK(typed << ' ' << text);
        }
    SUCCEED();
}
