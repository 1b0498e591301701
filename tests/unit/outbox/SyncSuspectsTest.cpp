// One report or picture over which things break: it is found, and holds up nobody.
#include <catch2/catch.hpp>
#include <fstream>

#include "SyncKiosk.h"

using namespace tram;
using namespace tram::outbox;
using Kiosk = SyncKiosk;

TEST_CASE("an item the gateway chokes on holds up nobody", "[sync]") {  // STANDARDS 9
    const int status = GENERATE(500, 409, 501);
    CAPTURE(status);
    Kiosk kiosk;
    const auto a = kiosk.keep(), poison = kiosk.keep(), b = kiosk.keep();
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (!isPost(request) || !has(request, poison)) return false;
        test::answerProblem(response, status);
        return true;
    };
    for (int i = 0; i < 10; ++i) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::minutes(6));
    }
    CHECK(kiosk.gateway.stored == std::vector<std::string>{a.text(), b.text()});
    CHECK(kiosk.state(poison) == ItemState::Waiting);
    CHECK(kiosk.item(poison).tries > 1);
}

TEST_CASE("an item over which each request breaks is sent alone, put behind and never dropped",
          "[sync]") {                                    // STANDARDS 9
    const int status = GENERATE(0, 200, 403, 502, 504);  // 0: the line is cut; 200 and 403: somebody's HTML
    CAPTURE(status);
    Kiosk kiosk;
    std::vector<std::string> good;
    good.push_back(kiosk.keep().text());
    const auto poison = kiosk.keep();
    for (int i = 0; i < 3; ++i) good.push_back(kiosk.keep().text());
    const auto breakIt = [&](httplib::Response& response) {
        if (status == 0) return test::breakOff(response);
        status >= 500 ? test::answerProblem(response, status) : test::answerHtml(response, status);
    };
    bool poisonous = true;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (!poisonous || !isPost(request) || !has(request, poison)) return false;
        breakIt(response);
        return true;
    };
    SECTION("in one process") {
        for (int i = 0; i < 8; ++i) {
            kiosk.run();
            kiosk.clock.advance(std::chrono::seconds(20));
        }
        CHECK(kiosk.gateway.stored == good);
    }
    SECTION("what is kept later does not share its fate, nor after a restart") {
        for (int i = 0; i < 8; ++i) {
            kiosk.run();
            kiosk.clock.advance(std::chrono::seconds(20));
            if (i % 3 == 2) kiosk.restart();
        }
        kiosk.clock.advance(std::chrono::minutes(6));  // the poison is due, too
        kiosk.restart();
        good.push_back(kiosk.keep().text());
        kiosk.run();
        CHECK(kiosk.gateway.stored == good);
    }
    CHECK(kiosk.state(poison) == ItemState::Waiting);
    CHECK(kiosk.item(poison).tries > 0);
    CHECK(kiosk.store->counts()->needsAttention == 0);

    poisonous = false;  // the cause is mended
    kiosk.clock.advance(std::chrono::minutes(6));
    kiosk.run();
    CHECK(kiosk.state(poison) == ItemState::Accepted);
}

TEST_CASE("a picture over which the line breaks each time stops its own report only", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep(1);
    const std::string sha256 = kiosk.item(bad).attachments[0].sha256;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        const bool its = request.method == "PUT" && request.path.ends_with(sha256);
        if (its) test::answerProblem(response, 504);
        return its;
    };
    for (int i = 0; i < 6; ++i) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::seconds(20));
    }
    CHECK(kiosk.state(bad) == ItemState::Waiting);
    CHECK(kiosk.item(bad).tries > 0);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("an upload that breaks off but gets on is no reason for suspicion", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1, 100000);
    const auto attachment = kiosk.item(id).attachments[0];
    std::ifstream file(kiosk.store->attachmentPath(attachment.sha256).value(), std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (request.method != "PUT") return false;
        auto& have = kiosk.gateway.attachments[attachment.sha256];
        if (have.size() > 80000) return false;
        have = whole.substr(0, have.size() + 10000);
        test::breakOff(response);
        return true;
    };
    kiosk.settle();
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(kiosk.item(id).tries == 0);
}

TEST_CASE("an attachment the gateway will not take stops its own report only", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep(1);
    const std::string sha256 = kiosk.item(bad).attachments[0].sha256;
    int status = 0;
    std::string reason;
    std::tie(status, reason) = GENERATE(table<int, std::string>(
        {{413, "too_large"}, {403, "forbidden"}, {400, "bad_response"}, {422, "unprocessable"}}));
    CAPTURE(status);
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        const bool its = request.method == "PUT" && request.path.ends_with(sha256);
        if (its) test::answerProblem(response, status);
        return its;
    };
    kiosk.run();
    CHECK(kiosk.state(bad) == ItemState::NeedsAttention);
    CHECK(kiosk.item(bad).problem == reason);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}
