#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "PretendKiosk.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

json operations(LiveCity& city) {
    return json::parse(city.send({.path = "/dashboard/state"}).body);
}

std::int64_t reportsIn(LiveCity& city) {
    const auto reports = operations(city).at("reports");
    return reports.at("waiting").get<int>() + reports.at("followed").get<int>() +
           reports.at("done").get<int>();
}

}  // namespace

TEST_CASE("same id and bytes is one report, even a hundred at once, other bytes are a conflict") {
    // STANDARDS 6
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    std::vector<std::string> verdicts(100);
    std::vector<std::thread> senders;
    for (auto& verdict : verdicts) senders.emplace_back([&] { verdict = kiosk.verdict(sent.envelope); });
    for (auto& sender : senders) sender.join();
    CHECK(std::count(verdicts.begin(), verdicts.end(), "accepted") == 1);
    CHECK(std::count(verdicts.begin(), verdicts.end(), "replayed") == 99);
    CHECK(reportsIn(city) == 1);

    // The same id sealed again: another box, other bytes.
    const auto other = kiosk.report();
    const auto forged = kiosk.envelopeOf(sent.id, "{}");
    CHECK(forged != other.envelope);
    CHECK(kiosk.verdict(forged) == "conflict");
    CHECK(kiosk.verdict(sent.envelope) == "replayed");
    CHECK(operations(city).at("envelopes").at("opened") == 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a batch gets a result for each, in order, and one bad envelope stops nobody") {
    LiveCity city;
    PretendKiosk kiosk(city), stranger(city);
    const auto good = kiosk.report(), last = kiosk.report();
    auto broken = json::parse(kiosk.report().envelope);
    broken["signatures"][0]["sig"] = crypto::toBase64(crypto::randomBytes(64));
    const auto reply =
        kiosk.post({good.envelope, broken.dump(), stranger.report().envelope, good.envelope, last.envelope});
    REQUIRE(reply.status == 200);
    const auto answer = wire::BatchAnswer::parse(reply.body);
    REQUIRE(answer);
    REQUIRE(answer->results.size() == 5);
    CHECK(answer->results[0].verdict == wire::ActionVerdict::Accepted);
    CHECK(answer->results[0].id == good.id);
    CHECK(answer->results[1].reason == "signature");
    CHECK(answer->results[2].reason == "kiosk");
    CHECK(answer->results[3].verdict == wire::ActionVerdict::Replayed);
    CHECK(answer->results[4].verdict == wire::ActionVerdict::Accepted);
    CHECK(answer->taken > 0);
    CHECK(answer->backedUp == 0);
    CHECK(reportsIn(city) == 2);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("too large and shapeless envelopes are refused, one by one") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto id = base::Uuid::v7(base::SystemClock().wall());
    const auto large = kiosk.envelopeOf(id, "{\"x\":\"" + std::string(200'000, 'a') + "\"}");
    REQUIRE(large.size() > wire::Envelope::kMaxBytes);
    const auto fine = kiosk.report();
    const auto ask = [&](const std::string& actions) {
        return city.send({.method = "POST",
                          .path = "/v1/actions",
                          .headers = kiosk.auth(),
                          .type = "application/json",
                          .body = actions,
                          .outsideContract = true});
    };
    const auto reply = ask("{\"actions\":[" + large + ",{\"a\":\"}]\"}," + fine.envelope + "]}");
    REQUIRE(reply.status == 200);
    const auto answer = wire::BatchAnswer::parse(reply.body);
    REQUIRE(answer);
    CHECK(answer->results[0].reason == "size");
    CHECK(answer->results[0].id.text() == "00000000-0000-0000-0000-000000000000");  // nobody has parsed it
    CHECK(answer->results[1].reason == "malformed");
    CHECK(answer->results[1].id.text() == "00000000-0000-0000-0000-000000000000");
    CHECK(answer->results[2].verdict == wire::ActionVerdict::Accepted);

    for (const char* body : {"", "{}", "[]", "{\"actions\":[]}", "{\"actions\":[1]}", "{\"actions\":[{}]} x",
                             "{\"actions\":[{}],\"actions\":[{}]}", "{\"other\":1,\"actions\":[{}]}"}) {
        INFO(body);
        CHECK(ask(body).status == 400);
    }
    std::string many = "{\"actions\":[{}";
    for (int i = 0; i < 100; ++i) many += ",{}";
    CHECK(ask(many + "]}").status == 413);
    CHECK(ask(std::string(27u << 20, ' ')).status == 413);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a full batch of full envelopes fits through the door") {
    LiveCity city;
    PretendKiosk kiosk(city);
    std::vector<std::string> batch;
    for (int i = 0; i < 100; ++i)
        batch.push_back(
            kiosk.envelopeOf(base::Uuid::v7(base::SystemClock().wall()), std::string(147'000, 'a')));
    REQUIRE(batch.front().size() > 255 * 1024);
    REQUIRE(batch.front().size() <= wire::Envelope::kMaxBytes);
    const auto reply = kiosk.post(batch);
    REQUIRE(reply.status == 200);
    const auto answer = wire::BatchAnswer::parse(reply.body);
    REQUIRE(answer);
    CHECK(answer->results.size() == 100);
    for (const auto& result : answer->results) CHECK(result.verdict == wire::ActionVerdict::Accepted);
    CHECK(operations(city).at("envelopes").at("quarantined") == 100);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("nobody without a token") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    kiosk.token = "made-up";
    CHECK(kiosk.verdict(sent.envelope) == "HTTP 401");
    CHECK(kiosk.head(std::string(64, 'a')).status == 401);
    CHECK(kiosk.put(std::string(64, 'a'), "x").status == 401);
    for (const char* path : {"/v1/calls", "/v1/heartbeats"})
        CHECK(city.send({.method = "POST", .path = path, .type = "application/json", .body = "{}"}).status ==
              401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is wrong inside a signed envelope is accepted, then quarantined with a reason") {
    LiveCity city;
    PretendKiosk kiosk(city), other(city);
    const auto at = base::SystemClock().wall();
    const auto expectAccepted = [&](const std::string& envelope) {
        CHECK(kiosk.verdict(envelope) == "accepted");
    };

    expectAccepted(kiosk.envelopeOf(base::Uuid::v7(at), "no json"));
    expectAccepted(wire::Envelope::make(base::Uuid::v7(at), kiosk.place.kioskId, "{}",
                                        crypto::OpeningKey::generate().sealingKey(), kiosk.key));
    expectAccepted(kiosk.report([](auto& body, auto&) { body.kind = "dossier.question"; }).envelope);
    expectAccepted(
        kiosk.report([&](auto&, auto& report) { report.trackingCode = freshCode(other.place.prefix); })
            .envelope);
    expectAccepted(kiosk
                       .report([](auto& body, auto&) {
                           body.fieldsJson =
                               base::SecretText("{\"v\":1,\"text\":\"" + std::string(kCanary) + "\"}");
                       })
                       .envelope);
    expectAccepted(kiosk.report([&](auto& body, auto&) { body.kioskId = other.place.kioskId; }).envelope);
    const auto taken = kiosk.report();
    expectAccepted(taken.envelope);
    expectAccepted(kiosk.report([&](auto&, auto& report) { report.trackingCode = taken.code; }).envelope);
    {
        // An id inside that is not the one outside.
        const auto body = kiosk.report();
        const auto inner = json{{"v", 1},
                                {"id", base::Uuid::v7(at).text()},
                                {"kind", "feedback.report"},
                                {"kiosk", kiosk.place.kioskId},
                                {"created_at", base::toRfc3339(at)},
                                {"fields", json::object()},
                                {"attachments", json::array()}};
        expectAccepted(kiosk.envelopeOf(body.id, inner.dump()));
    }
    const auto list = city.tool({"quarantine", "list"});
    INFO(list);
    for (const char* reason : {"schema", "unknown_sealing_key", "unknown_kind", "code_prefix",
                               "kiosk_mismatch", "code_taken", "id_mismatch"})
        CHECK(list.find(reason) != std::string::npos);
    CHECK(std::count(list.begin(), list.end(), '\n') == 8);
    CHECK(list.find(kCanary) == std::string::npos);
    CHECK(reportsIn(city) == 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what was accepted is there after the gateway was killed") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto before = json::parse(city.send({.path = "/healthz"}).body).at("epoch");
    std::vector<PretendKiosk::Sent> sent;
    for (int i = 0; i < 20; ++i) sent.push_back(kiosk.report());
    for (const auto& each : sent) CHECK(kiosk.verdict(each.envelope) == "accepted");
    city.stopGateway(SIGKILL);
    CHECK(city.send({.path = "/healthz"}).status == 502);
    city.startGateway();
    for (const auto& each : sent) {
        CHECK(kiosk.verdict(each.envelope) == "replayed");
        CHECK(kiosk.follow(each.code).status == 200);
    }
    CHECK(json::parse(city.send({.path = "/healthz"}).body).at("epoch") == before);

    // After a backup was put back the kiosks must see another epoch.
    city.stopGateway(SIGTERM);
    CHECK(city.tool({"restored"}).find("kiosks offer again") != std::string::npos);
    city.startGateway();
    CHECK(json::parse(city.send({.path = "/healthz"}).body).at("epoch") != before);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
