#include "base/Problem.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace tram::base;

namespace {
constexpr int kKinds = static_cast<int>(ProblemKind::Internal) + 1;
}

TEST_CASE("every kind has a snake_case name of its own") {
    std::set<std::string> names;
    for (int i = 0; i < kKinds; ++i) {
        const std::string text(name(static_cast<ProblemKind>(i)));
        CAPTURE(i, text);
        CHECK_FALSE(text.empty());
        CHECK(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
        names.insert(text);
    }
    CHECK(names.size() == kKinds);
    CHECK(name(ProblemKind::NotTheGateway) == "not_the_gateway");
}

TEST_CASE("a fact that is not there is empty") {
    const Problem problem{ProblemKind::BadConfig, {{"key", "ward"}, {"line", "7"}}};
    CHECK(problem.fact("line") == "7");
    CHECK(problem.fact("expected").empty());
}
