#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "RawLine.h"

using namespace tram;
using namespace tram::test;

namespace {

std::string randomText(std::size_t size) {
    const auto bytes = crypto::randomBytes(size);
    return {bytes.begin(), bytes.end()};
}

std::string hashOf(const std::string& bytes) {
    return crypto::sha256Hex(crypto::view(bytes));
}

std::string range(std::size_t from, std::size_t size, std::size_t total) {
    return "bytes " + std::to_string(from) + "-" + std::to_string(from + size - 1) + "/" +
           std::to_string(total);
}

}  // namespace

TEST_CASE("an action waits until its attachments are there, and is then taken with them") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Attachment picture;
    const auto sent = kiosk.report([&](wire::ActionBody& body, auto&) {
        picture = attachmentFor(body.id, randomText(200'000));
        body.attachments.push_back({picture.ref.sha256,
                                    picture.ref.size,
                                    {picture.ref.key.key.copy(), picture.ref.key.header},
                                    "image/jpeg"});
    });
    const auto missing = wire::BatchAnswer::parse(kiosk.post({sent.envelope}).body);
    REQUIRE(missing);
    CHECK(missing->results[0].verdict == wire::ActionVerdict::MissingAttachments);
    CHECK(missing->results[0].missing == std::vector<std::string>{picture.ref.sha256});
    CHECK(kiosk.follow(sent.code).status == 404);

    const auto done = kiosk.put(picture.ref.sha256, picture.bytes);
    CHECK(done.status == 204);
    CHECK(done.header("Upload-Complete") == "?1");
    CHECK(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(kiosk.follow(sent.code).status == 200);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("an attachment that does not open is quarantined with its action") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto bytes = randomText(5000);
    const auto sent = kiosk.report([&](wire::ActionBody& body, auto&) {
        auto real = attachmentFor(body.id, "picture");
        body.attachments.push_back({hashOf(bytes), bytes.size(), std::move(real.ref.key), "image/jpeg"});
    });
    CHECK(kiosk.put(hashOf(bytes), bytes).status == 204);
    CHECK(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(city.tool({"quarantine", "list"}).find("attachment") != std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("papers come as one PDF beside the pictures, and nothing else does") {
    LiveCity city;
    PretendKiosk kiosk(city);
    std::vector<std::string> uploads;
    const auto attach = [&](wire::ActionBody& body, const std::string& plain, const char* type) {
        auto made = attachmentFor(body.id, plain);
        uploads.push_back(made.bytes);
        body.attachments.push_back({made.ref.sha256, made.ref.size, std::move(made.ref.key), type});
    };
    const auto judged = [&](const std::vector<std::pair<std::string, const char*>>& files) {
        uploads.clear();
        const auto sent = kiosk.report([&](wire::ActionBody& body, auto&) {
            for (const auto& [plain, type] : files) attach(body, plain, type);
        });
        for (const auto& bytes : uploads) CHECK(kiosk.put(hashOf(bytes), bytes).status == 204);
        CHECK(kiosk.verdict(sent.envelope) == "accepted");
        return kiosk.follow(sent.code).status;
    };
    const std::string paper = "%PDF-1.4\n" + randomText(300'000);
    CHECK(judged({{paper, "application/pdf"}, {randomText(500), "image/jpeg"}}) == 200);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(judged({{randomText(500), "application/pdf"}}) == 404);
    CHECK(city.tool({"quarantine", "list"}).find("attachment: pdf") != std::string::npos);
    CHECK(judged({{paper, "application/pdf"}, {paper + "x", "application/pdf"}}) == 404);
    CHECK(city.tool({"quarantine", "list"}).find("attachment: papers") != std::string::npos);
    CHECK(judged({{paper, "application/zip"}}) == 404);
    CHECK(city.tool({"quarantine", "list"}).find("attachment: media_type") != std::string::npos);
    CHECK(judged({{"%PDF-1.4" + std::string((24u << 20) - 7, 'x'), "application/pdf"}}) == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("an upload goes on where it stands") {
    LiveCity city;
    PretendKiosk kiosk(city), other(city);
    const auto bytes = randomText(3'000'000);
    const auto hash = hashOf(bytes);
    CHECK(kiosk.head(hash).header("Upload-Offset") == "0");
    CHECK(kiosk.head(hash).header("Upload-Complete") == "?0");

    const auto half = kiosk.put(hash, bytes.substr(0, 1'000'000), range(0, 1'000'000, bytes.size()));
    CHECK(half.status == 204);
    CHECK(half.header("Upload-Offset") == "1000000");
    CHECK(half.header("Upload-Complete") == "?0");
    CHECK(other.head(hash).header("Upload-Offset") == "0");  // per kiosk

    const auto wrong = kiosk.put(hash, bytes.substr(500'000, 10), range(500'000, 10, bytes.size()));
    CHECK(wrong.status == 409);
    CHECK(wrong.header("Upload-Offset") == "1000000");

    city.stopGateway(SIGKILL);
    city.startGateway();
    CHECK(kiosk.head(hash).header("Upload-Offset") == "1000000");
    const auto rest = kiosk.put(hash, bytes.substr(1'000'000), range(1'000'000, 2'000'000, bytes.size()));
    CHECK(rest.status == 204);
    CHECK(rest.header("Upload-Complete") == "?1");
    CHECK(kiosk.head(hash).header("Upload-Offset") == "3000000");
    CHECK(kiosk.put(hash, bytes).header("Upload-Complete") == "?1");  // once more harms nobody
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what arrived before the line broke is kept") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto bytes = randomText(400'000);
    const auto hash = hashOf(bytes);
    {
        RawLine line(city.nginxPort());
        line.send("PUT /v1/attachments/" + hash + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                  kiosk.token + "\r\nContent-Length: 400000\r\n\r\n" + bytes.substr(0, 300'000));
        CHECK(eventually([&] { return kiosk.head(hash).header("Upload-Offset") == "300000"; }));
    }
    // While the gateway still holds the broken line the piece is not taken; then it is.
    CHECK(eventually([&] {
        return kiosk.put(hash, bytes.substr(300'000), range(300'000, 100'000, bytes.size())).status == 204;
    }));
    CHECK(kiosk.head(hash).header("Upload-Complete") == "?1");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("wrong, oversized and undeclared bytes are refused") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto bytes = randomText(1000);
    const auto hash = hashOf(bytes);
    CHECK(kiosk.put(std::string(64, 'a'), bytes).status == 422);
    CHECK(kiosk.head(std::string(64, 'a')).header("Upload-Offset") == "0");
    CHECK(kiosk.put(hash, bytes, range(0, 1000, 40'000'000)).status == 413);
    CHECK(kiosk.put(hash, bytes, range(0, 999, 1000)).status == 400);
    CHECK(kiosk.put(hash, bytes, "bytes 0-999/*").status == 400);
    CHECK(kiosk.put("abc", bytes).status == 404);
    CHECK(kiosk.put(hash, randomText((32u << 20) + 1)).status == 413);
    CHECK(city.send({.method = "GET", .path = "/v1/attachments/" + hash, .headers = kiosk.auth()}).status ==
          405);

    RawLine line(city.nginxPort());
    line.send("PUT /v1/attachments/" + hash + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + kiosk.token +
              "\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + bytes + "\r\n0\r\n\r\n");
    CHECK(line.readStatus() == 411);
    CHECK(kiosk.head(hash).header("Upload-Offset") == "0");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a kiosk has a quota of bytes that no action names yet") {
    LiveCity city({.config = R"({"kiosk_quota_bytes": 5000})"});
    PretendKiosk kiosk(city);
    const auto first = randomText(4000), second = randomText(2000);
    CHECK(kiosk.put(hashOf(first), first).status == 204);
    CHECK(kiosk.put(hashOf(second), second).status == 507);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the quota counts what files take, however small they are") {
    LiveCity city({.config = R"({"kiosk_quota_bytes": 40960})"});
    PretendKiosk kiosk(city);
    for (int at = 0; at < 10; ++at) {
        const auto bytes = std::to_string(at);
        CHECK(kiosk.put(hashOf(bytes), bytes).status == 204);
    }
    CHECK(kiosk.put(hashOf("x"), "x").status == 507);
    CHECK(kiosk.put(hashOf("0"), "0").status == 204);  // it is there
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("one kiosk's uploads do not take the places of others, whatever tokens it holds") {
    LiveCity city;
    PretendKiosk one(city), other(city);
    std::vector<std::unique_ptr<RawLine>> open;
    const auto begin = [&](PretendKiosk& kiosk, int number) -> RawLine& {
        open.push_back(std::make_unique<RawLine>(city.nginxPort()));
        open.back()->send("PUT /v1/attachments/" + hashOf(std::to_string(number)) +
                          " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                          kiosk.askToken(kiosk.assertion()) + "\r\nContent-Length: 100000\r\n\r\nbegun");
        return *open.back();
    };
    // A token for each: nginx, which counts by token, lets all of them through.
    for (int i = 0; i < 4; ++i) begin(one, i);
    CHECK(eventually([&] { return one.head(hashOf("3")).header("Upload-Offset") == "5"; }));
    auto& refused = begin(one, 4);
    const auto answer = refused.read(5000, "\r\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 429"));
    CHECK(answer.find("Retry-After") != std::string::npos);
    begin(other, 5);
    CHECK(eventually([&] { return other.head(hashOf("5")).header("Upload-Offset") == "5"; }));
    // The places come free with the lines.
    open.clear();
    const auto bytes = randomText(1000);
    CHECK(eventually([&] { return one.put(hashOf(bytes), bytes).status == 204; }));
}
