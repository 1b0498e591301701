// STANDARDS 22: with a disk that is full, read-only or locked the gateway fails closed: 503, when to come
// again, and nothing acknowledged that is not kept.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "PretendKiosk.h"

using namespace tram;
using namespace tram::test;

namespace {

/// A city whose gateway's disk fails while a file is there.
struct FailingCity {
    TempDir dir;
    LiveCity city{{.before = {"/usr/bin/env", std::string("LD_PRELOAD=") + FAILING_DISK,
                              "ASAN_OPTIONS=verify_asan_link_order=0",
                              "TRAM_FAILING_DISK=" + (dir / "failing").string()}}};
    void fail(const std::string& how) { std::ofstream(dir / "failing") << how; }
    void mend() { std::filesystem::remove(dir / "failing"); }
};

void refusesForNow(const Reply& reply) {
    CHECK(reply.status == 503);
    CHECK_FALSE(reply.header("Retry-After").empty());
    CHECK(reply.body.find("urn:tram:problem:unavailable") != std::string::npos);
}

}  // namespace

TEST_CASE(
    "a full or read-only disk: nothing is acknowledged, reading goes on, and all is well when there is "
    "room") {
    const auto how = GENERATE(as<std::string>(), "", "readonly");
    FailingCity failing;
    auto& city = failing.city;
    PretendKiosk kiosk(city);
    const auto before = kiosk.report(), during = kiosk.report();
    REQUIRE(kiosk.verdict(before.envelope) == "accepted");
    const auto code = city.enrolmentCode();
    const auto picture = attachmentFor(during.id, "a picture");

    failing.fail(how);
    refusesForNow(kiosk.post({during.envelope}));
    refusesForNow(kiosk.post({during.envelope, kiosk.report().envelope}));
    refusesForNow(kiosk.put(picture.ref.sha256, picture.bytes));
    refusesForNow(city.send({.method = "POST",
                             .path = "/v1/calls",
                             .headers = kiosk.auth(),
                             .type = "application/json",
                             .body = R"({"reason":"help"})"}));
    const auto enrolling = wire::EnrolmentCode::parse(code);
    const auto request =
        wire::EnrolmentRequest{enrolling->secret, crypto::SigningKey::generate().verifyKey().text()};
    const auto enrol = [&] {
        return city.send(
            {.method = "POST", .path = "/v1/kiosks", .type = "application/json", .body = request.toJson()});
    };
    refusesForNow(enrol());
    kiosk.askToken(kiosk.assertion(), 503);
    CHECK(kiosk.follow(before.code, before.secret).status == 200);
    CHECK(kiosk.follow(during.code).status == 404);
    CHECK(city.send({.path = "/healthz"}).status == 200);

    CHECK(city.logs().find("http.failed") != std::string::npos);  // what it was stands inside

    failing.mend();
    CHECK(kiosk.verdict(during.envelope) == "accepted");  // and not "replayed": it was not kept before
    CHECK(kiosk.verdict(before.envelope) == "replayed");
    CHECK(kiosk.put(picture.ref.sha256, picture.bytes).status == 204);
    CHECK(enrol().status == 201);  // the code was not spent
    CHECK(kiosk.follow(during.code).status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a store that somebody else holds locked is busy, not lost") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    {
        SQLite::Database other((city.dataDir() / "gateway.db").string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        refusesForNow(kiosk.post({sent.envelope}));
    }
    CHECK(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a store that cannot be read is not a token that is no good") {
    LiveCity city;
    PretendKiosk kiosk(city);
    {
        SQLite::Database other((city.dataDir() / "gateway.db").string(), SQLite::OPEN_READWRITE);
        other.exec("ALTER TABLE tokens RENAME TO elsewhere");
        refusesForNow(
            city.send({.method = "POST",
                       .path = "/v1/heartbeats",
                       .headers = kiosk.auth(),
                       .type = "application/json",
                       .body = R"({"version":"1","waiting":0,"needs_attention":0,"free_disk_bytes":1})"}));
        other.exec("ALTER TABLE elsewhere RENAME TO tokens");
    }
    CHECK(kiosk.verdict(kiosk.report().envelope) == "accepted");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
