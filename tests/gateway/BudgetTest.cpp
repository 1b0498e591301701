#include "gateway/source/Budget.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::gateway;

namespace {

const base::WallTime kStart{base::Millis(1'000'000)};

std::string address(int number) {
    return "2001:db8:" + std::to_string(number % 10'000) + ":" + std::to_string(number / 10'000) + "::/64";
}

}  // namespace

TEST_CASE("a budget is a window that opens again") {
    Budget budget(2, std::chrono::seconds(60));
    CHECK_FALSE(budget.exhausted("a", kStart));
    budget.spend("a", kStart);
    budget.spend("a", kStart + std::chrono::seconds(30));
    CHECK(budget.exhausted("a", kStart + std::chrono::seconds(30)) == std::chrono::seconds(30));
    CHECK_FALSE(budget.exhausted("b", kStart));
    CHECK_FALSE(budget.exhausted("a", kStart + std::chrono::seconds(60)));
    budget.spend("a", kStart + std::chrono::seconds(60));
    CHECK_FALSE(budget.exhausted("a", kStart + std::chrono::seconds(60)));
}

TEST_CASE("a clock that is put right by years locks nobody out for years") {
    Budget budget(1, std::chrono::seconds(60));
    const auto ahead = kStart + std::chrono::days(9000);
    budget.spend("a", ahead);
    CHECK(budget.exhausted("a", ahead));
    CHECK_FALSE(budget.exhausted("a", kStart));
    budget.spend("a", kStart);
    CHECK(budget.exhausted("a", kStart) == std::chrono::seconds(60));
}

TEST_CASE("a million addresses take bounded room, and set nobody free who has used his budget up") {
    // STANDARDS 22
    Budget budget(2, std::chrono::seconds(3600));
    for (int i = 0; i < 2; ++i) budget.spend("the guesser", kStart);
    std::size_t most = 0;
    for (int i = 0; i < 1'000'000; ++i) {
        budget.spend(address(i), kStart + base::Millis(i));
        most = std::max(most, budget.keys());
    }
    CHECK(most <= Budget::kMostKeys);
    CHECK(most > Budget::kMostKeys / 2);
    CHECK(budget.exhausted("the guesser", kStart + std::chrono::seconds(1000)));
}

TEST_CASE("even a flood of guessers takes bounded room") {
    Budget budget(1, std::chrono::seconds(3600));
    std::size_t most = 0;
    for (int i = 0; i < 200'000; ++i) {
        budget.spend(address(i), kStart);
        most = std::max(most, budget.keys());
    }
    CHECK(most <= Budget::kMostKeys);
    CHECK(budget.exhausted(address(199'999), kStart));
}

TEST_CASE("all addresses of one IPv6 network share a budget, each IPv4 address has its own") {
    CHECK(networkOf("192.0.2.7") == "192.0.2.7");
    CHECK(networkOf("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(networkOf("2001:db8:1:2::1") == "2001:db8:1:2::/64");
    CHECK(networkOf("2001:db8:1:2:ffff:ffff:ffff:ffff") == "2001:db8:1:2::/64");
    CHECK(networkOf("2001:db8:1:3::1") != networkOf("2001:db8:1:2::1"));
    CHECK(networkOf("2001:DB8:1:2::9") == networkOf("2001:db8:1:2::1"));
    CHECK(networkOf("nonsense") == "nonsense");
    CHECK(siteOf("192.0.2.7") == "192.0.2.7");
    CHECK(siteOf("2001:db8:1:2::1") == "2001:db8:1::/48");
    CHECK(siteOf("2001:db8:2:2::1") != siteOf("2001:db8:1:2::1"));
}
