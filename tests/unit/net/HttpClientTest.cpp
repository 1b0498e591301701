#include <sys/stat.h>

#include "net/HttpClient.h"

#include <fcntl.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <future>
#include <set>

#include "tests/support/HttpStub.h"
#include "tests/support/RawServer.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using net::HttpClient;
using net::HttpRequest;
using test::RawServer;

namespace {

HttpRequest get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return request;
}

std::filesystem::path fileWith(const test::TempDir& dir, const std::string& bytes) {
    const auto path = dir / "body";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

int peerPort(int fd) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return ntohs(address.sin_port);
}

std::vector<int> descriptors() {
    std::vector<int> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        found.push_back(std::stoi(entry.path().filename()));
    }
    return found;
}

}  // namespace

TEST_CASE("an answer comes with status, headers in lower case and body", "[net]") {
    test::HttpStub stub;
    stub.server.Get("/x", [](const httplib::Request& request, httplib::Response& response) {
        response.status = 418;
        response.set_header("X-Seen", request.get_header_value("X-Sent"));
        response.set_content("tấm biển", "text/plain; charset=utf-8");
    });
    stub.start();
    HttpClient client({});
    auto request = get(stub.url("/x"));
    request.headers.emplace_back("X-Sent", "7");
    const auto response = client.send(request);
    REQUIRE(response);
    CHECK(response->status == 418);
    CHECK(response->header("x-seen") == "7");
    CHECK(response->header("absent").empty());
    CHECK(response->body == "tấm biển");
}

TEST_CASE("one connection serves several requests", "[net]") {
    test::HttpStub stub;
    std::set<int> ports;
    stub.server.Get(
        "/", [&](const httplib::Request& request, httplib::Response&) { ports.insert(request.remote_port); });
    stub.start();
    HttpClient client({});
    for (int i = 0; i < 5; ++i) REQUIRE(client.send(get(stub.url("/"))));
    CHECK(ports.size() == 1);
}

TEST_CASE("sockets are closed on exec: the kiosk replaces its process after every resident", "[net]") {
    test::HttpStub stub;
    stub.server.Get("/", [](const httplib::Request&, httplib::Response&) {});
    stub.start();
    HttpClient client({});
    REQUIRE(client.send(get(stub.url("/"))));
    int ours = 0;
    for (const int fd : descriptors()) {
        if (peerPort(fd) != stub.port()) continue;
        ++ours;
        CHECK((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    }
    CHECK(ours == 1);
}

TEST_CASE("redirects are answers, not orders", "[net]") {
    test::HttpStub stub;
    bool followed = false;
    stub.server.Get(
        "/a", [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/b"); });
    stub.server.Get("/b", [&](const httplib::Request&, httplib::Response&) { followed = true; });
    stub.start();
    const auto response = HttpClient({}).send(get(stub.url("/a")));
    REQUIRE(response);
    CHECK(response->status == 302);
    CHECK_FALSE(followed);
}

TEST_CASE("proxies from the environment are ignored", "[net]") {
    test::HttpStub stub;
    stub.server.Get("/", [](const httplib::Request&, httplib::Response&) {});
    stub.start();
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) setenv(name, "http://127.0.0.1:1", 1);
    const auto response = HttpClient({}).send(get(stub.url("/")));
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) unsetenv(name);
    REQUIRE(response);
    CHECK(response->status == 200);
}

TEST_CASE("only http and https are spoken", "[net]") {
    HttpClient client({});
    for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "not a url"}) {
        CAPTURE(url);
        const auto response = client.send(get(url));
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ProblemKind::Internal);
    }
}

TEST_CASE("a header that would end its line is never sent", "[net]") {
    HttpClient client({});
    auto request = get("http://127.0.0.1:1/");
    request.headers.emplace_back("X", "a\r\nY: b");
    const auto response = client.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ProblemKind::Internal);
}

TEST_CASE("bodies: POST from memory, PUT from a file's offset", "[net]") {
    test::HttpStub stub;
    std::string method, type, length, body;
    const auto note = [&](const httplib::Request& request, httplib::Response&) {
        method = request.method;
        type = request.get_header_value("Content-Type");
        length = request.get_header_value("Content-Length");
        body = request.body;
    };
    stub.server.Post("/x", note);
    stub.server.Put("/x", note);
    stub.start();
    HttpClient client({});
    auto request = get(stub.url("/x"));

    SECTION("POST") {
        request.method = "POST";
        request.body = std::string("a\0b", 3);
        request.headers.emplace_back("Content-Type", "application/json");
        REQUIRE(client.send(request));
        CHECK(body == std::string("a\0b", 3));
        CHECK(type == "application/json");
    }
    SECTION("POST of nothing, and without a type nobody gave it") {
        request.method = "POST";
        REQUIRE(client.send(request));
        CHECK(length == "0");
        CHECK(type.empty());
    }
    SECTION("PUT") {
        const test::TempDir dir;
        std::string bytes(300000, 'x');
        bytes.replace(100000, 5, "begin");
        request.method = "PUT";
        request.bodyFile = fileWith(dir, bytes);
        request.fileOffset = 100000;
        request.headers.emplace_back("Content-Type", "application/octet-stream");
        REQUIRE(client.send(request));
        CHECK(method == "PUT");
        CHECK(length == "200000");
        CHECK(body == bytes.substr(100000));
    }
}

TEST_CASE("a body file that is not there, or ends before the offset", "[net]") {
    const test::TempDir dir;
    HttpClient client({});
    auto request = get("http://127.0.0.1:1/");
    request.method = "PUT";
    request.bodyFile = dir / "none";
    CHECK(client.send(request).error().kind == ProblemKind::FileMissing);
    request.bodyFile = fileWith(dir, "short");
    request.fileOffset = 6;
    CHECK(client.send(request).error().kind == ProblemKind::FileUnreadable);
    // Nor one that is somewhere else, or no file.
    request.fileOffset = 0;
    std::filesystem::create_symlink(request.bodyFile, dir / "link");
    REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
    for (const char* name : {"link", "pipe"}) {
        request.bodyFile = dir / name;
        CHECK(client.send(request).error().kind == ProblemKind::FileUnreadable);
    }
}

TEST_CASE("an answer longer than allowed is dropped", "[net]") {
    test::HttpStub stub;
    stub.server.Get("/", [](const httplib::Request&, httplib::Response& response) {
        response.set_content(std::string(5000, 'x'), "text/plain");
    });
    stub.start();
    HttpClient client({});
    auto request = get(stub.url("/"));
    request.maxResponseBytes = 4999;
    const auto dropped = client.send(request);
    REQUIRE_FALSE(dropped);
    CHECK(dropped.error().kind == ProblemKind::BadResponse);
    request.maxResponseBytes = 5000;
    CHECK(client.send(request));
}

TEST_CASE("endless headers are cut", "[net]") {
    RawServer server([](int peer) {
        RawServer::readHead(peer);
        RawServer::say(peer, "HTTP/1.1 200 OK\r\n");
        while (RawServer::say(peer, "X-More: " + std::string(1000, 'x') + "\r\n")) {
        }
    });
    const auto response = HttpClient({}).send(get(server.url()));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ProblemKind::BadResponse);
}

TEST_CASE("nobody there is NoNetwork", "[net]") {
    int port = 0;
    {
        RawServer gone([](int) {});
        port = gone.port();
    }
    const auto response = HttpClient({}).send(get("http://127.0.0.1:" + std::to_string(port) + "/"));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ProblemKind::NoNetwork);
    CHECK(HttpClient({}).send(get("http://name.invalid/")).error().kind == ProblemKind::NoNetwork);
}

TEST_CASE("a server that says nothing is Timeout, one that hangs up is NoNetwork", "[net]") {
    SECTION("silent") {
        RawServer server(RawServer::waitForEnd);
        auto request = get(server.url());
        request.timeout = base::Millis(200);
        CHECK(HttpClient({}).send(request).error().kind == ProblemKind::Timeout);
    }
    SECTION("hangs up") {
        RawServer server([](int peer) { RawServer::readHead(peer); });
        CHECK(HttpClient({}).send(get(server.url())).error().kind == ProblemKind::NoNetwork);
    }
    SECTION("breaks off") {
        RawServer server([](int peer) {
            RawServer::readHead(peer);
            RawServer::say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
        });
        CHECK(HttpClient({}).send(get(server.url())).error().kind == ProblemKind::BadResponse);
    }
    SECTION("speaks another language") {
        RawServer server([](int peer) {
            RawServer::readHead(peer);
            RawServer::say(peer, "220 smtp.example.vn ESMTP\r\n");
        });
        CHECK(HttpClient({}).send(get(server.url())).error().kind == ProblemKind::BadResponse);
    }
}

TEST_CASE("cancel ends a request under way at once, and all later ones", "[net]") {
    std::promise<void> asked;
    RawServer server([&](int peer) {
        RawServer::readHead(peer);
        asked.set_value();
        RawServer::waitForEnd(peer);
    });
    HttpClient client({});
    const auto begun = std::chrono::steady_clock::now();
    auto pending = std::async(std::launch::async, [&] { return client.send(get(server.url())); });
    asked.get_future().wait();
    client.cancel();
    CHECK(pending.get().error().kind == ProblemKind::Cancelled);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(900));
    CHECK(client.send(get(server.url())).error().kind == ProblemKind::Cancelled);
}

TEST_CASE("a request may insist on a connection that is there already", "[net]") {
    test::HttpStub stub;
    stub.server.Get("/x", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("x", "text/plain");
    });
    stub.start();
    HttpClient client({});
    auto request = get(stub.url("/x"));
    request.keptConnectionOnly = true;
    const auto refused = [&] {
        const auto answer = client.send(request);
        return !answer && answer.error().kind == ProblemKind::NoNetwork &&
               answer.error().fact("detail") == "no_connection";
    };
    CHECK(refused());
    CHECK(client.send(get(stub.url("/x"))));
    CHECK(client.send(request));
    CHECK(client.send(request));
    client.dropConnections();
    CHECK(refused());
    CHECK(client.send(get(stub.url("/x"))));
    CHECK(client.send(request));
}
