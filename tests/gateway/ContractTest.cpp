#include "Contract.h"

#include <catch2/catch.hpp>

using namespace tram::test;

namespace {

Seen healthy() {
    return {
        "GET",
        "/healthz",
        {},
        "",
        "",
        200,
        {{"content-type", "application/json"}},
        R"({"status":"ok","epoch":"0123456789abcdef0123456789abcdef","time":"2026-11-21T09:41:07+07:00"})"};
}

bool holds(const Seen& seen) {
    Contract contract;
    contract.hold(seen);
    return contract.faults().empty();
}

}  // namespace

TEST_CASE("the contract itself can be broken: each kind of deviation is a fault") {
    // A checker that finds nothing proves nothing (STANDARDS 23).
    CHECK(holds(healthy()));
    const auto broken = [](auto change) {
        auto seen = healthy();
        change(seen);
        return !holds(seen);
    };
    CHECK(broken([](Seen& seen) { seen.path = "/healthy"; }));
    CHECK(broken([](Seen& seen) { seen.method = "POST"; }));
    CHECK(broken([](Seen& seen) { seen.status = 418; }));
    CHECK(broken([](Seen& seen) { seen.responseHeaders = {{"content-type", "text/html"}}; }));
    CHECK(broken([](Seen& seen) { seen.responseHeaders = {}; }));
    CHECK(broken([](Seen& seen) { seen.responseBody = "{}"; }));
    CHECK(broken([](Seen& seen) { seen.responseBody.pop_back(); }));
    CHECK(broken([](Seen& seen) { seen.responseBody.insert(1, R"("more":1,)"); }));
    CHECK(broken([](Seen& seen) { seen.method = "HEAD"; }));  // with a body

    Seen wait{"GET",
              "/healthz",
              {},
              "",
              "",
              429,
              {{"Content-Type", "application/problem+json"}, {"Retry-After", "2"}},
              R"({"status":429,"title":"Too Many Requests","type":"urn:tram:problem:too_many_requests"})"};
    CHECK(holds(wait));
    wait.responseHeaders.erase("Retry-After");
    CHECK_FALSE(holds(wait));

    Seen call{"POST", "/v1/calls", {}, "application/json", R"({"reason":"help"})", 204, {}, ""};
    CHECK(holds(call));
    call.responseBody = "x";
    CHECK_FALSE(holds(call));
    call = {"POST", "/v1/calls", {}, "application/json", R"({"reason":"my name is"})", 204, {}, ""};
    CHECK_FALSE(holds(call));
    call = {"POST", "/v1/calls", {}, "text/plain", R"({"reason":"help"})", 204, {}, ""};
    CHECK_FALSE(holds(call));
}
