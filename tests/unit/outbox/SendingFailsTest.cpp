// What a resident is told while the gateway answers and yet nothing gets through (SyncLoop::sendingFails).
#include <catch2/catch.hpp>

#include "SyncKiosk.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
using Kiosk = SyncKiosk;

namespace {

/// Posts that `meets` chooses are answered with this status.
void answerPosts(Kiosk& kiosk, int status, const std::function<bool(const httplib::Request&)>& meets) {
    kiosk.gateway.before = [=](const httplib::Request& request, httplib::Response& response) {
        const bool met = isPost(request) && meets(request);
        if (met) test::answerProblem(response, status);
        return met;
    };
}

void pass(Kiosk& kiosk, int rounds) {
    for (int i = 0; i < rounds; ++i) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::minutes(6));
    }
}

}  // namespace

TEST_CASE("sending fails from the first post that does until one passes", "[sync]") {
    const int status = GENERATE(401, 429, 500, 503, 504);
    CAPTURE(status);
    Kiosk kiosk;
    CHECK_FALSE(kiosk.loop->sendingFails());
    kiosk.keepMany(3);
    answerPosts(kiosk, status, [](const auto&) { return true; });
    pass(kiosk, 5);
    CHECK(kiosk.loop->sendingFails());
    kiosk.restart();  // known again after the next try
    CHECK_FALSE(kiosk.loop->sendingFails());
    pass(kiosk, 1);
    CHECK(kiosk.loop->sendingFails());

    kiosk.gateway.before = nullptr;
    pass(kiosk, 4);
    CHECK(kiosk.waiting() == 0);
    CHECK_FALSE(kiosk.loop->sendingFails());
}

TEST_CASE("one report that never gets through is not called the line's failure", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep();
    answerPosts(kiosk, 500, [bad](const auto& request) { return has(request, bad); });
    kiosk.keepMany(3);
    pass(kiosk, 5);
    CHECK(kiosk.waiting() == 1);
    CHECK_FALSE(kiosk.loop->sendingFails());
    pass(kiosk, 5);  // again and again, alone
    CHECK(kiosk.item(bad).tries > 3);
    CHECK_FALSE(kiosk.loop->sendingFails());
}

TEST_CASE("when nothing waits any more nothing fails", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep();
    answerPosts(kiosk, 503, [](const auto&) { return true; });
    pass(kiosk, 1);
    CHECK(kiosk.loop->sendingFails() == ProblemKind::ServerFault);
    REQUIRE(kiosk.store->markNeedsAttention(id, "conflict"));  // another way out
    pass(kiosk, 1);
    CHECK_FALSE(kiosk.loop->sendingFails());
}

TEST_CASE("a line that was away and is back begins without a verdict", "[sync]") {
    Kiosk kiosk;
    kiosk.keep();
    answerPosts(kiosk, 503, [](const auto&) { return true; });
    pass(kiosk, 1);
    CHECK(kiosk.loop->sendingFails());
    kiosk.loop->lineIsBack();
    CHECK_FALSE(kiosk.loop->sendingFails());
}
