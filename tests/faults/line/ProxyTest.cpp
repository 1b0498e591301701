// The proxy does what it says: else the other tests here would prove nothing.
#include <catch2/catch.hpp>

#include "FaultProxy.h"
#include "net/HttpClient.h"
#include "tests/support/HttpStub.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;
using base::ProblemKind;
using Kind = Fault::Kind;

namespace {

/// A server that remembers what reached it, behind the proxy.
struct Line {
    Line() {
        server.server.Post("/x", [this](const httplib::Request& request, httplib::Response& response) {
            arrived.push_back(request.body);
            response.set_content("answer to " + request.body, "text/plain");
        });
        server.start();
        proxy = std::make_unique<FaultProxy>(server.port());
    }
    /// The answer, or the problem's name.
    std::string post(const std::string& body, std::chrono::milliseconds timeout = 20s) {
        net::HttpRequest request{.method = "POST", .url = proxy->url() + "/x", .body = body};
        request.timeout = timeout;
        const auto answer = client.send(request);
        if (!answer) return std::string(name(answer.error().kind));
        return answer->status == 200 ? answer->body : std::to_string(answer->status);
    }
    void first(const Fault& fault) {
        proxy->plan([fault, met = 0](const Request&) mutable { return met++ == 0 ? fault : Fault{}; });
    }
    std::vector<std::string> arrived;
    test::HttpStub server;
    std::unique_ptr<FaultProxy> proxy;
    net::HttpClient client{{}};
};

using Bodies = std::vector<std::string>;

}  // namespace

TEST_CASE("each fault of the proxy is what its name says", "[line]") {
    Line line;
    SECTION("none") {
        CHECK(line.post("a") == "answer to a");
        CHECK(line.proxy->seen().size() == 1);
        CHECK(line.proxy->faults() == 0);
    }
    SECTION("dropped before") {
        line.first({Kind::DropBefore});
        CHECK(line.post("a") == "no_network");
        CHECK(line.arrived.empty());
    }
    SECTION("dropped after") {
        line.first({Kind::DropAfter});
        CHECK(line.post("a") == "no_network");
        CHECK(line.arrived == Bodies{"a"});
    }
    SECTION("request truncated") {
        line.first({Kind::TruncateRequest});
        CHECK(line.post(std::string(100'000, 'a')) == "no_network");
        CHECK(line.post("b") == "answer to b");
        for (const auto& body : line.arrived) CHECK(body.size() < 60'000);
    }
    SECTION("answer truncated") {
        line.first({Kind::TruncateAnswer});
        CHECK(line.post(std::string(1000, 'a')) == "bad_response");
        CHECK(line.arrived.size() == 1);
    }
    SECTION("twice") {
        line.first({Kind::Duplicate});
        CHECK(line.post("a") == "answer to a");
        CHECK(line.arrived == Bodies{"a", "a"});
    }
    SECTION("late") {
        line.first({Kind::Late});
        CHECK(line.post("a") == "no_network");
        CHECK(line.post("b") == "answer to b");
        CHECK(line.post("c") == "answer to c");
        CHECK(line.arrived == Bodies{"b", "a", "c"});
    }
    SECTION("dripping") {
        line.first({Kind::Drip, 50ms});
        CHECK(line.post("a", 400ms) == "timeout");
        CHECK(line.arrived == Bodies{"a"});
        line.first({Kind::Drip, 1ms});
        CHECK(line.post("b") == "answer to b");
    }
    SECTION("silent") {
        line.first({Kind::Silence});
        CHECK(line.post("a", 300ms) == "timeout");
        CHECK(line.arrived.empty());
        CHECK(line.post("b") == "answer to b");
    }
    SECTION("an answer of its own") {
        line.first(portal(302));
        CHECK(line.post("a") == "302");
        line.first(problem(429, "2"));
        CHECK(line.post("a") == "429");
        CHECK(line.arrived.empty());
    }
    SECTION("refused") {
        line.proxy->refuse(true);
        CHECK(line.post("a") == "no_network");
        line.proxy->refuse(false);
        CHECK(line.post("b") == "answer to b");
    }
    SECTION("swallowed") {
        line.proxy->swallow(true);
        CHECK(line.post("a", 300ms) == "timeout");
        CHECK(line.proxy->seen().empty());
        line.proxy->swallow(false);
        CHECK(line.post("b") == "answer to b");
    }
    SECTION("led elsewhere") {
        CHECK(line.post("a") == "answer to a");
        Line other;
        line.proxy->leadTo(other.server.port());
        CHECK(line.post("b") == "answer to b");
        CHECK(other.arrived == Bodies{"b"});
        CHECK(line.arrived == Bodies{"a"});
        line.proxy->leadTo(line.server.port());
    }
}
