#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "wire/FeedbackFields.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

TEST_CASE("unknown places and methods") {
    LiveCity city;
    for (const char* path :
         {"/", "/v1", "/v1/", "/v1/feedback/", "/v1/feedback/a/b", "/v1/me", "/assets/../x",
          "/assets/follow.html", "/t/", "/.env", "/v1/content/other.json", "/healthz/x", "/muc",
          "/muc/school", "/muc/school/", "/muc/school/a/b", "/muc//a"}) {
        INFO(path);
        const auto reply = city.send({.path = path, .outsideContract = true});
        CHECK(reply.status == 404);
        CHECK(reply.header("Content-Type") == "application/problem+json");
    }
    // nginx cannot even read this one; its own refusal is a problem document too.
    const auto unreadable = city.send({.path = "/v1/feedback/%00", .outsideContract = true});
    CHECK(unreadable.status == 400);
    CHECK(unreadable.header("Content-Type") == "application/problem+json");
    CHECK(city.send({.method = "DELETE", .path = "/healthz"}).status == 405);
    CHECK(city.send({.method = "PUT", .path = "/v1/actions", .body = "x"}).status == 405);
    CHECK(city.send({.path = "/v1/kiosks"}).status == 405);
    CHECK(city.send({.method = "POST", .path = "/t/K7M3Q9X2TW", .body = "x"}).status == 405);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("signed content verifies, is taken by the kiosk's parser, and is not sent twice") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto reply = city.send({.path = "/v1/content/feedback-fields.json"});
    REQUIRE(reply.status == 200);
    const auto dsse = wire::Dsse::parse(reply.body);
    REQUIRE(dsse);
    CHECK(dsse->payloadType == wire::FeedbackFields::kPayloadType);
    CHECK(dsse->verify(*crypto::VerifyKey::parse(kiosk.place.contentKey)));
    const auto fields = wire::FeedbackFields::parse(dsse->payload);
    REQUIRE(fields);
    CHECK(fields->fields.size() >= 15);
    const auto again = city.send(
        {.path = "/v1/content/feedback-fields.json", .headers = {{"If-None-Match", reply.header("ETag")}}});
    CHECK(again.status == 304);
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    city.startGateway();
    CHECK(city.send({.path = "/v1/content/feedback-fields.json"}).header("ETag") == reply.header("ETag"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the phone page is one page for every code and lets nothing foreign in") {
    LiveCity city;
    const auto page = city.send({.path = "/t/K7M3Q9X2TW"});
    CHECK(page.status == 200);
    CHECK(city.send({.path = "/t/%3Cscript%3E"}).body == page.body);
    const auto policy = page.header("Content-Security-Policy");
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(policy.find("http") == std::string::npos);
    CHECK(page.body.find("<noscript>") != std::string::npos);
    CHECK(page.body.find("<html lang=\"vi\">") != std::string::npos);
    for (const char* foreign : {"http://", "https://", "style=", "onclick", "<script>"}) {
        INFO(foreign);
        CHECK(page.body.find(foreign) == std::string::npos);
    }
    const auto script = city.send({.path = "/assets/follow.js"});
    CHECK(script.status == 200);
    CHECK(script.body.find("innerHTML") == std::string::npos);
    CHECK(city.send({.path = "/assets/page.css"}).status == 200);
    const auto words = city.send({.path = "/assets/words.js"});
    CHECK(words.status == 200);
    CHECK(words.body.find("\"state.received\"") != std::string::npos);
    CHECK(words.body.find("\"receipt.") == std::string::npos);  // families the page needs, not all we say
    CHECK(city.send({.path = "/assets/dashboard.js"}).status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("heartbeats and calls reach those who look after the kiosks") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto say = [&](const char* path, const std::string& body) {
        return city
            .send({.method = "POST",
                   .path = path,
                   .headers = kiosk.auth(),
                   .type = "application/json",
                   .body = body})
            .status;
    };
    CHECK(say("/v1/heartbeats",
              R"({"version":"0.1.0","waiting":3,"needs_attention":1,"free_disk_bytes":5000000000})") == 204);
    const auto damagedStores = [&] {
        return json::parse(city.send({.path = "/dashboard/state"}).body)
            .at("kiosks")
            .at(0)
            .at("damaged_stores");
    };
    const auto alarm = [&](const char* count) {
        return city.send({.path = "/metrics"})
                   .body.find(std::string("\ntram_kiosks_with_damaged_store ") + count + "\n") !=
               std::string::npos;
    };
    CHECK(damagedStores() == 0);  // an agent of before, which does not tell
    CHECK(alarm("0"));
    const std::string counts = R"({"version":"0.1.0","waiting":3,"needs_attention":1,"free_disk_bytes":5)";
    CHECK(say("/v1/heartbeats", counts + R"(,"damaged_stores":2})") == 204);
    CHECK(damagedStores() == 2);
    CHECK(alarm("1"));
    CHECK(say("/v1/heartbeats", counts + R"(,"damaged_stores":"two"})") == 422);
    CHECK(say("/v1/heartbeats", counts + R"(,"damaged":2})") == 422);
    const std::string content = R"(,"content_version":7,"content_signed_at":"2026-11-28T08:00:00+07:00"})";
    CHECK(say("/v1/heartbeats", counts + content) == 204);
    const auto told = json::parse(city.send({.path = "/dashboard/state"}).body).at("kiosks").at(0);
    CHECK(told.at("content_version") == 7);
    CHECK(told.at("content_signed_at") == "2026-11-28T08:00:00.000+07:00");
    CHECK(say("/v1/heartbeats", counts + R"(,"content_version":7,"content_signed_at":"soon"})") == 422);
    CHECK(say("/v1/calls", R"({"reason":"help"})") == 204);
    CHECK(say("/v1/calls", R"({"reason":"I am Nguyen Van A"})") == 422);
    CHECK(say("/v1/heartbeats", R"({"version":"<b>","waiting":3,"needs_attention":1,"free_disk_bytes":5})") ==
          422);
    CHECK(say("/v1/heartbeats", R"({"version":"1","waiting":-3,"needs_attention":1,"free_disk_bytes":5})") ==
          422);
    const auto state = json::parse(city.send({.path = "/dashboard/state"}).body);
    CHECK(state.at("kiosks").at(0).at("waiting") == 3);
    CHECK(state.at("kiosks").at(0).at("station") == "Trạm Bàn Cờ 02");
    REQUIRE(state.at("calls").size() == 1);
    CHECK(state.at("calls").at(0).at("reason") == "help");
    CHECK(city.send({.path = "/dashboard"}).status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("no personal data and no tracking code in logs and metrics") {
    // STANDARDS 13
    LiveCity city({.speed = 5 * 86400});
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    auto broken = json::parse(kiosk.report().envelope);
    broken["signatures"][0]["sig"] = crypto::toBase64(crypto::randomBytes(64));
    kiosk.verdict(broken.dump());
    kiosk.follow(sent.code);
    kiosk.follow(sent.code, sent.secret);
    kiosk.follow(freshCode("ZZZ"));
    city.send({.path = "/t/" + sent.code});
    REQUIRE(eventually([&] { return kiosk.follow(sent.code).body.find("1022-26") != std::string::npos; }));
    const auto metrics = city.send({.path = "/metrics"}).body;
    CHECK(metrics.find("tram_actions_total{verdict=\"accepted\"} 1") != std::string::npos);
    CHECK(metrics.find("route=\"/v1/feedback/{code}\"") != std::string::npos);
    city.stopGateway(SIGTERM);
    city.send({.path = "/v1/feedback/" + sent.code,
               .outsideContract = true});  // 502: nginx's own log must be silent too
    const auto logs = city.logs();
    CHECK(logs.find("route=/v1/feedback/{code}") != std::string::npos);
    for (const auto& secret :
         {std::string(kCanary), std::string("CANARY"), sent.code, sent.secret, kiosk.token,
          base::TrackingCode::group(sent.code), std::string("0903"), std::string("127.0.0.1")}) {
        INFO(secret);
        CHECK(logs.find(secret) == std::string::npos);
        CHECK(metrics.find(secret) == std::string::npos);
    }
    // The sealed copy and the opened report are in stores of their own; only the latter may hold the text.
    for (const auto& entry : std::filesystem::recursive_directory_iterator(city.dataDir())) {
        if (!entry.is_regular_file() || entry.path().filename().string().starts_with("reports.db")) continue;
        std::string bytes;
        {
            FILE* file = fopen(entry.path().c_str(), "rb");
            char piece[65536];
            for (std::size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;) bytes.append(piece, got);
            fclose(file);
        }
        INFO(entry.path());
        CHECK(bytes.find("CANARY") == std::string::npos);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("SIGTERM ends the gateway within two seconds, idle connections or not") {
    LiveCity city;
    PretendKiosk kiosk(city);
    for (int i = 0; i < 5; ++i)
        CHECK(city.send({.path = "/healthz"}).status == 200);  // nginx keeps its line open
    CHECK(city.stopGateway(SIGTERM, std::chrono::seconds(2)) == 0);
    CHECK(city.logs().find("gateway.stopped") != std::string::npos);
    const auto down = city.send({.path = "/healthz"});
    CHECK(down.status == 502);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a wrong configuration is named and nothing starts") {
    TempDir dir;
    std::string said;
    const auto serve = [&](const std::string& config, std::vector<std::string> more = {}) {
        const auto file = dir / "gateway.json";
        FILE* out = fopen(file.c_str(), "w");
        fputs(config.c_str(), out);
        fclose(out);
        std::vector<std::string> argv = {
            "/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY, "serve", "--config", file.string()};
        argv.insert(argv.end(), more.begin(), more.end());
        int exitCode = 0;
        said = runAndRead(argv, exitCode);
        return exitCode;
    };
    const auto data = (dir / "data").string();
    CHECK(serve("{\"datadir\":\"x\"}") == 78);
    CHECK_THAT(said, Catch::Matchers::EndsWith(" [bad_config key=datadir expected=no such key]\n"));
    CHECK(serve("{\n  \"data_dir\": \"x\",\n  public_url\n}") == 78);
    CHECK_THAT(said, Catch::Matchers::EndsWith(" [bad_config line=3 expected=JSON]\n"));
    CHECK(serve("{\"clock_speed\":1e999}") == 78);
    CHECK_THAT(said, Catch::Matchers::EndsWith(" [bad_config key= expected=JSON]\n"));
    CHECK(serve("{}") == 78);                               // no data_dir
    CHECK(serve("{\"data_dir\":\"" + data + "\"}") == 78);  // no public_url
    CHECK(serve("{\"data_dir\":\"" + data + "\",\"public_url\":\"http://example.vn\"}") == 78);  // no TLS
    CHECK(serve("{\"data_dir\":\"" + data + "\",\"public_url\":\"http://127.0.0.1.example.vn\"}") == 78);
    CHECK(serve("{\"data_dir\":\"" + data +
                "\",\"public_url\":\"https://x.vn\",\"listen\":\"0.0.0.0:80\"}") == 78);
    CHECK(serve("{\"data_dir\":\"" + data +
                "\",\"public_url\":\"https://x.vn\",\"budgets\":{\"window_s\":0}}") == 78);
}
