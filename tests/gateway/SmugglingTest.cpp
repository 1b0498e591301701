// STANDARDS 22: what could be read two ways is refused at the door. Each attack carries a second request for
// a page that nothing else asks for; the gateway's own count tells whether it ever saw one (RFC 9112 §11.2).
#include <catch2/catch.hpp>
#include <memory>

#include "GatewayCount.h"
#include "RawLine.h"

using namespace tram::test;

namespace {

const std::string kHidden = "GET /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string kHiddenRoute = "/t/{code}";
const std::string kPost = "POST /v1/heartbeats HTTP/1.1\r\nHost: x\r\n";
const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
const std::string kSha(64, 'a');

/// The status the attack itself may have; 0: the line is closed, or nginx waits for the rest.
struct Attack {
    const char* name;
    std::string bytes;
    std::vector<int> may;
};

std::string lengthOf(const std::string& body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n";
}

std::string chunked(const std::string& coding, const std::string& body = "0\r\n\r\n") {
    return kPost + coding + "\r\n" + body + kHidden;
}

std::vector<Attack> lengths() {
    return {
        {"CL and TE",
         kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden,
         {400}},
        {"TE and CL",
         kPost + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n" + kHidden,
         {400}},
        {"two CL", kPost + "Content-Length: 0\r\n" + lengthOf(kHidden) + "\r\n" + kHidden, {400}},
        {"one CL twice", kPost + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + kHidden, {400}},
        {"CL list", kPost + "Content-Length: 0, 0\r\n\r\n" + kHidden, {400}},
        {"CL negative", kPost + "Content-Length: -1\r\n\r\n" + kHidden, {400}},
        {"CL plus", kPost + "Content-Length: +0\r\n\r\n" + kHidden, {400}},
        {"CL hex", kPost + "Content-Length: 0x0\r\n\r\n" + kHidden, {400}},
        {"CL beyond 64 bits", kPost + "Content-Length: 18446744073709551616\r\n\r\n" + kHidden, {400}},
        {"CL of 63 bits", kPost + "Content-Length: 9223372036854775807\r\n\r\n" + kHidden, {413}},
        {"CL empty", kPost + "Content-Length:\r\n\r\n" + kHidden, {400}},
        {"CL with a blank inside", kPost + "Content-Length: 0 0\r\n\r\n" + kHidden, {400}},
        {"CL too long by far", kPost + "Content-Length: 20000\r\n\r\n" + kHidden, {413}},
    };
}

std::vector<Attack> codings() {
    return {
        {"TE unknown", chunked("Transfer-Encoding: xchunked\r\n"), {400}},
        {"TE list", chunked("Transfer-Encoding: chunked, identity\r\n"), {400}},
        {"TE list, chunked last", chunked("Transfer-Encoding: identity, chunked\r\n"), {400}},
        {"TE twice", chunked("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"), {400}},
        {"TE twice the same", chunked("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), {400}},
        {"TE with a vertical tab", chunked("Transfer-Encoding:\x0b chunked\r\n"), {400}},
        {"TE quoted", chunked("Transfer-Encoding: \"chunked\"\r\n"), {400}},
        {"TE with a blank before its colon", chunked("Transfer-Encoding : chunked\r\n"), {400}},
        {"CL with a blank before its colon", kPost + "Content-Length : 5\r\n\r\n" + kHidden, {400}},
        {"TE folded", chunked("X: a\r\n Transfer-Encoding: chunked\r\n"), {400}},
        {"TE's value folded", chunked("Transfer-Encoding:\r\n chunked\r\n"), {400}},
        {"TE in HTTP/1.0",
         "POST /v1/heartbeats HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden,
         {400}},
        {"NUL in a value", kPost + std::string("X: a\0b\r\n\r\n", 10) + kHidden, {400}},
        {"NUL in a name", kPost + std::string("X\0Y: a\r\n\r\n", 10) + kHidden, {400}},
        {"bare CR in a value", kPost + "X: a\rTransfer-Encoding: chunked\r\n\r\n" + kHidden, {400}},
    };
}

std::vector<Attack> chunks() {
    const auto with = [](const std::string& body) { return chunked("Transfer-Encoding: chunked\r\n", body); };
    return {
        {"chunk size with 0x", with("0x5\r\nAAAAA\r\n0\r\n\r\n"), {400}},
        {"chunk size negative", with("-1\r\n"), {400}},
        {"chunk size plus", with("+5\r\nAAAAA\r\n0\r\n\r\n"), {400}},
        {"chunk size beyond 64 bits", with("fffffffffffffffff\r\n"), {400}},
        {"chunk size of 63 bits", with("7fffffffffffffff\r\n"), {400, 413}},
        {"chunk size empty", with("\r\n"), {400}},
        {"chunk longer than told", with("1\r\nAAAAA\r\n0\r\n\r\n"), {400}},
        {"chunk of a megabyte", with("100000\r\n"), {413}},
    };
}

/// httplib reads at most 4096 bytes of a part at a time: the next request stands where it would read on.
std::string form(const std::string& place) {
    std::string body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    constexpr std::size_t kPiece = 4096;
    body.append(kPiece - body.size(), 'a').append(kHidden);
    return "POST " + place + " HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n" +
           lengthOf(body) + "\r\n" + body;
}

std::vector<Attack> strayContent() {
    const auto head = "HEAD /v1/attachments/" + kSha + " HTTP/1.1\r\nHost: x\r\n";
    const auto put = "PUT /v1/attachments/" + kSha + " HTTP/1.1\r\nHost: x\r\n";
    return {
        // httplib does not read it, and takes what comes later for the next request (last test below).
        {"GET with content", kGet + lengthOf(kHidden) + "\r\n" + kHidden, {400}},
        {"GET with chunks",
         kGet + "Transfer-Encoding: chunked\r\n\r\n3e\r\n" + kHidden + "\r\n0\r\n\r\n",
         {400}},
        {"HEAD with content", head + lengthOf(kHidden) + "\r\n" + kHidden, {400}},
        {"content that is itself a request", kPost + lengthOf(kHidden) + "\r\n" + kHidden, {401}},
        {"content for a place that is not",
         "POST /v1/nothing HTTP/1.1\r\nHost: x\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {404}},
        {"content for another method",
         "POST /healthz HTTP/1.1\r\nHost: x\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {405}},
        {"content of a stranger's upload", put + lengthOf(kHidden) + "\r\n" + kHidden, {401}},
        {"content of a stranger's actions",
         "POST /v1/actions HTTP/1.1\r\nHost: x\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {401}},
        {"Expect with content",
         kPost + "Expect: 100-continue\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {100, 401}},
        {"Expect without content",
         kGet + "Expect: 100-continue\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {400}},
        {"a form where none is taken", form("/v1/kiosks"), {415}},
        {"a form for a token", form("/oauth/token"), {415}},
        {"a form for a place that is not", form("/v1/nothing"), {404}},
        // nginx does not hand the coding on.
        {"content in a coding",
         kPost + "Content-Encoding: gzip\r\n" + lengthOf(kHidden) + "\r\n" + kHidden,
         {401}},
        {"upgrade to HTTP/2",
         kPost + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n" +
             lengthOf(kHidden) + "\r\n" + kHidden,
         {401}},
        {"upgrade to a WebSocket",
         kPost + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\n" +
             lengthOf(kHidden) + "\r\n" + kHidden,
         {401}},
    };
}

std::vector<Attack> requestLines() {
    return {
        {"HTTP/0.9", "GET /t/K7M3Q9X2TW\r\n", {0}},
        {"HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + kHidden, {0, 400}},
        {"HTTP/3.0", "GET /t/K7M3Q9X2TW HTTP/3.0\r\nHost: x\r\n\r\n", {400}},
        {"no host", "GET /t/K7M3Q9X2TW HTTP/1.1\r\n\r\n", {400}},
        {"two hosts", "GET /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", {400}},
        {"a host with a path", "GET /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x/../y\r\n\r\n", {400}},
        {"a blank in the path", "GET /t/K7M3Q9X2TW HTTP/1.1 HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
        {"a tab for a blank", "GET\t/t/K7M3Q9X2TW\tHTTP/1.1\r\nHost: x\r\n\r\n", {400}},
        {"a small method", "get /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
        {"TRACE", "TRACE /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\n\r\n", {405}},
        {"CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n" + kHidden, {400, 405}},
        {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", {400, 405}},
        {"DELETE", "DELETE /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\n\r\n", {405}},
        {"a line for ever", "GET /t/" + std::string(40'000, 'K') + " HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
        {"a header for ever",
         "GET /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n",
         {400}},
        {"headers without end",
         "GET /t/K7M3Q9X2TW HTTP/1.1\r\nHost: x\r\n" +
             [] {
                 std::string many;
                 for (int i = 0; i < 4000; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
                 return many;
             }() +
             "\r\n",
         {400}},
    };
}

std::vector<Attack> all() {
    std::vector<Attack> attacks;
    for (auto& group : {lengths(), codings(), chunks(), strayContent(), requestLines()})
        attacks.insert(attacks.end(), group.begin(), group.end());
    return attacks;
}

int statusIn(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

}  // namespace

TEST_CASE("no request is smuggled past nginx") {
    LiveCity city;
    // The count can tell: a second request sent openly is seen.
    RawLine open(city.nginxPort());
    open.send(kGet + "\r\n" + kHidden);
    REQUIRE(open.read(2000, "</html>").find("<html") != std::string::npos);
    REQUIRE(eventually([&] { return answered(city, kHiddenRoute) == 1; }));

    const auto attacks = all();
    std::vector<std::unique_ptr<RawLine>> lines;
    for (const auto& attack : attacks) {
        lines.push_back(std::make_unique<RawLine>(city.nginxPort()));
        lines.back()->send(attack.bytes);
    }
    for (std::size_t i = 0; i < attacks.size(); ++i) {
        const auto answer = lines[i]->read(i == 0 ? 500 : 20);
        INFO(attacks[i].name << "\n" << answer.substr(0, 300));
        CHECK(std::count(attacks[i].may.begin(), attacks[i].may.end(), statusIn(answer)) == 1);
        CHECK(answer.find("<html lang") == std::string::npos);
        CHECK(answer.find("<center>") == std::string::npos);  // nginx's own page
    }
    CHECK(city.send({.path = "/healthz"}).status == 200);
    CHECK(answered(city, kHiddenRoute) == 1);
    CHECK(answered(city, "-") == 0);  // nor did anything reach it that it had no place for
}

TEST_CASE("what is unusual and clear is answered") {
    LiveCity city;
    const auto status = [&](const std::string& request) {
        RawLine line(city.nginxPort());
        line.send(request);
        return line.readStatus();
    };
    CHECK(status("GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n") == 200);
    CHECK(status("GET /healthz HTTP/1.0\r\n\r\n") == 200);
    CHECK(status("\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == 200);
    CHECK(status("GET /healthz HTTP/1.1\nHost: x\n\n") == 200);
    CHECK(status(kGet + "Content-Length: 0\r\n\r\n") == 200);
    CHECK(status(kGet + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n") == 200);
    CHECK(status(kPost + "Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n") ==
          401);
    // HTTP/1.0 with keep-alive, and two requests in one packet: two answers.
    RawLine line(city.nginxPort());
    line.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + kGet + "\r\n");
    const auto both = line.read(500);
    CHECK(both.find("\"ok\"") != both.rfind("\"ok\""));
}

TEST_CASE("the gateway by itself does not take content for a request either") {
    LiveCity city;
    // httplib 0.11.4 reads on behind its answer: what comes in a packet of its own was the next request.
    const auto straight = [&](const std::string& head, const std::string& content) {
        RawLine line(city.gatewayPort());
        line.send(head + "\r\n");
        const auto answer = line.read(3000, "bad_request\"}");
        line.send(content);
        line.read(3000);
        INFO(answer);
        CHECK(line.closed());
        if (head.starts_with("HEAD "))
            CHECK(answer.ends_with("\r\n\r\n"));
        else
            CHECK(answer.find("urn:tram:problem:bad_request") != std::string::npos);
        return statusIn(answer);
    };
    CHECK(straight(kGet + lengthOf(kHidden), kHidden) == 400);
    CHECK(straight("HEAD /healthz HTTP/1.1\r\nHost: x\r\n" + lengthOf(kHidden), kHidden) == 400);
    CHECK(straight(kPost + "Transfer-Encoding: xchunked\r\n", kHidden) == 400);
    CHECK(straight(kPost + "Content-Length: 0\r\n" + lengthOf(kHidden), kHidden) == 400);
    const auto strange = [&](const std::string& header) {
        RawLine line(city.gatewayPort());
        line.send(kPost + header + lengthOf(kHidden) + "\r\n" + kHidden);
        const auto answer = line.read(3000);
        CHECK(line.closed());
        return statusIn(answer);
    };
    CHECK(strange("Content-Type: multipart/form-data; boundary=x\r\n") == 415);
    CHECK(strange("Content-Encoding: br\r\n") == 400);
    CHECK(straight("DELETE /healthz HTTP/1.1\r\nHost: x\r\n" + lengthOf(kHidden), kHidden) == 400);
    CHECK(answered(city, kHiddenRoute) == 0);
}
