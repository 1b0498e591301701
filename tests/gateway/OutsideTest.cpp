// STANDARDS 22: what a stranger may reach, and whom the gateway believes.
#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "GatewayCount.h"
#include "PretendKiosk.h"
#include "RawLine.h"
#include "Strangers.h"

using namespace tram;
using namespace tram::test;

namespace {

constexpr const char* kStranger = "203.0.113.7";
const std::string kCity = inService(R"("misses_per_address":5,"misses_per_prefix":1000)");

struct Answer {
    int status = 0;
    std::string body;
};

/// The path goes out as it stands, which no client would allow.
Answer ask(const LiveCity& city, const std::string& path, const std::string& headers) {
    RawLine line(city.nginxPort());
    line.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    const auto all = line.read(3000);
    const auto body = all.find("\r\n\r\n");
    if (!all.starts_with("HTTP/1.1 ") || body == all.npos) return {};
    return {std::stoi(all.substr(9, 3)), all.substr(body + 4)};
}

}  // namespace

TEST_CASE("the operators' pages do not exist for the world, however they are written") {
    LiveCity city({.demo = false, .config = kCity, .nginxServer = kBelieveAddresses});
    const auto stranger = fromLine(kStranger);
    const auto nothing = ask(city, "/v1/nothing", stranger);
    CHECK(nothing.status == 404);
    for (const char* place : {"/metrics", "/dashboard", "/dashboard/state"}) {
        INFO(place);
        CHECK(ask(city, place, "").status == 200);  // from this machine
        CHECK(ask(city, place, stranger).status == 404);
        CHECK(ask(city, place, stranger).body == nothing.body);
    }
    for (const char* path : {"//metrics",
                             "/./metrics",
                             "/x/../metrics",
                             "/t/../metrics",
                             "/t/%2e%2e/metrics",
                             "/muc/school/../../metrics",
                             "/muc/school/..%2f..%2fmetrics",
                             "/t/%2E%2E%2Fmetrics",
                             "/t/..%2fmetrics",
                             "/%6detrics",
                             "/metrics/",
                             "/metrics/.",
                             "/metrics/..;/metrics",
                             "/metrics;a=b",
                             "/metrics?x=1",
                             "/metrics%3f",
                             "/metrics%00",
                             "/metrics%0a",
                             "/metrics%20",
                             "/metrics.",
                             "/metrics..",
                             "/METRICS",
                             "/Metrics",
                             "/\\metrics",
                             "/t\\..\\metrics",
                             "/healthz/../metrics",
                             "/healthz%2f..%2fmetrics",
                             "/assets/../metrics",
                             "/assets/..%2fmetrics",
                             "/assets/%252e%252e%252fmetrics",
                             "/v1/feedback/../../metrics",
                             "/v1/content/..%2f..%2fmetrics",
                             "/dashboard/../metrics",
                             "/dashboard/state/",
                             "/dashboard//state",
                             "/problem/400",
                             "/known-kiosk",
                             "/known-link",
                             "/problem/link",
                             "http://127.0.0.1/metrics",
                             "http://localhost/dashboard/state",
                             "/t/%c0%ae%c0%ae/metrics",
                             "/.%00./metrics",
                             "/%2e%2e/%2e%2e/metrics"}) {
        INFO(path);
        const auto answer = ask(city, path, stranger);
        CHECK((answer.status == 400 || answer.status == 404 || answer.status == 200));
        CHECK(answer.body.find("tram_") == std::string::npos);
        CHECK(answer.body.find("dashboard") == std::string::npos);
        CHECK(answer.body.find("\"kiosks\"") == std::string::npos);
    }
    CHECK(answered(city, "/dashboard") == 1);  // once each, from this machine
    CHECK(answered(city, "/dashboard/state") == 1);
}

TEST_CASE("an address cannot be claimed") {
    LiveCity city({.demo = false, .config = kCity, .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city);
    const auto forged = [](const std::string& address) {
        return "X-Forwarded-For: " + address + "\r\nX-Real-IP: " + address + "\r\nForwarded: for=" + address +
               "\r\nX-Forwarded-Host: 127.0.0.1\r\nTrue-Client-IP: " + address + "\r\n";
    };
    for (const char* address : {"127.0.0.1", "::1", "203.0.113.7, 127.0.0.1"})
        CHECK(ask(city, "/dashboard/state", fromLine(kStranger) + forged(address)).status == 404);
    const auto guess = [&](const std::string& headers) {
        return ask(city, "/v1/feedback/" + freshCode(kiosk.place.prefix), headers).status;
    };
    for (int i = 1; i <= 5; ++i)
        CHECK(guess(fromLine(kStranger) + forged("192.0.2." + std::to_string(i))) == 404);
    CHECK(guess(fromLine(kStranger) + forged("192.0.2.99")) == 429);
    CHECK(guess(fromLine("192.0.2.1")) == 404);  // whom it claimed to be has lost nothing

    // All of one IPv6 network spend one budget.
    for (int i = 1; i <= 5; ++i) CHECK(guess(fromLine("2001:db8:1:2::" + std::to_string(i))) == 404);
    CHECK(guess(fromLine("2001:db8:1:2:ffff::1")) == 429);
    CHECK(guess(fromLine("2001:db8:1:3::1")) == 404);
}

TEST_CASE("quotes, nulls and statements in what is asked for are only text") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    for (const std::string text :
         {"'%20OR%201=1--", "%22;DROP%20TABLE%20reports;--", "%25", "%27", "*", "x'||'y"}) {
        INFO(text);
        CHECK(city.send({.path = "/v1/feedback/" + text}).status == 404);
        CHECK(city.send({.path = "/v1/feedback/" + sent.code + text}).status == 404);
    }
    for (const std::string secret : {"' OR '1'='1", "%", "\" OR 1=1", "x'); DELETE FROM reports; --"}) {
        const auto reply = city.send({.path = "/v1/feedback/" + sent.code,
                                      .headers = {{"Receipt-Secret", secret}},
                                      .outsideContract = true});
        CHECK(reply.status == 200);
        CHECK(reply.body.find("opened") == std::string::npos);
    }
    for (const std::string token : {"' OR '1'='1", "x' UNION SELECT id FROM kiosks--"})
        CHECK(city.send({.method = "POST",
                         .path = "/v1/calls",
                         .headers = {{"Authorization", "Bearer " + token}},
                         .type = "application/json",
                         .body = R"({"reason":"help"})"})
                  .status == 401);
    CHECK(kiosk.follow(sent.code, sent.secret).body.find(kCanary) != std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("outside a status and no more, inside what it was") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto post = [&](const std::string& path, const std::string& body) {
        return city.send({.method = "POST",
                          .path = path,
                          .headers = kiosk.auth(),
                          .type = "application/json",
                          .body = body});
    };
    for (const auto& reply : {post("/v1/actions", "{\"actions\":"), post("/v1/kiosks", "{\"secret\":1}"),
                              post("/v1/heartbeats", "[]"), post("/v1/kiosks", std::string(200, '[')),
                              city.send({.method = "POST", .path = "/v1/actions"})}) {
        CHECK(reply.status >= 400);
        const auto document = nlohmann::json::parse(reply.body);
        CHECK(document.size() == 3);
        for (const auto& header : {"Server", "X-Powered-By"})
            CHECK((reply.header(header).empty() || reply.header(header) == "nginx"));
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a refusal stays what it is, however large what was refused") {
    // A kiosk takes 413 for final: it must not hear that for a gateway that is away, or busy, or wants a new
    // token.
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto stranger = HeaderList{{"Authorization", "Bearer " + std::string(43, 'x')}};
    const auto say = [&](const HeaderList& who, std::size_t size) {
        return city.send({.method = "POST",
                          .path = "/v1/actions",
                          .headers = who,
                          .type = "application/json",
                          .body = std::string(size, ' ')});
    };
    const auto send = [&](const HeaderList& who) {
        return city.send({.method = "PUT",
                          .path = "/v1/attachments/" + std::string(64, 'a'),
                          .headers = who,
                          .type = "application/octet-stream",
                          .body = std::string(1 << 20, 'x')});
    };
    CHECK(say(stranger, 100'000).status == 401);
    CHECK(send(stranger).status == 401);
    CHECK(send(kiosk.auth()).status == 422);  // taken, and not what its name says
    CHECK(say(kiosk.auth(), 100'000).status == 400);
    CHECK(say(kiosk.auth(), 30u << 20).status == 413);
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    for (const auto& reply : {say(kiosk.auth(), 100'000), send(kiosk.auth()), say(kiosk.auth(), 10)}) {
        CHECK((reply.status == 502 || reply.status == 503));
        CHECK(reply.header("Content-Type") == "application/problem+json");
        CHECK_FALSE(reply.header("Retry-After").empty());
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
