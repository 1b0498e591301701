// The gateway's keys: rotated while it serves, renewed by themselves, lost, and brought back.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "FakeClock.h"
#include "KeyTools.h"
#include "PretendKiosk.h"
#include "base/Files.h"
#include "gateway/identity/GatewayKeys.h"

using namespace tram;
using namespace tram::test;
using gateway::GatewayKeys;
using gateway::SealingRing;

namespace {

namespace fs = std::filesystem;

std::string firstWord(const std::string& line) {
    return line.substr(0, line.find('\t'));
}

/// The ids of "sealing" lines whose state is this one.
std::vector<std::string> idsIn(const std::string& list, const std::string& state) {
    std::vector<std::string> ids;
    std::istringstream lines(list);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("sealing\t") && line.substr(25, state.size() + 1) == state + "\t")
            ids.push_back(line.substr(8, 16));
    return ids;
}

void sealTo(PretendKiosk& kiosk, const wire::SealingStatement& statement) {
    kiosk.place.sealingKeys = statement.keys;
}

SealingRing ringIn(const fs::path& dir) {
    auto ring = SealingRing::load(dir);
    REQUIRE(ring);
    return std::move(*ring);
}

}  // namespace

TEST_CASE("a rotated key is told at once, and old ones go on opening") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto before = told(city, kiosk);
    const auto late = kiosk.report();
    const auto id = firstWord(city.tool({"keys", "rotate"}));
    const auto after = told(city, kiosk);
    CHECK(after.version > before.version);
    REQUIRE(after.keys.size() == 2);
    CHECK(crypto::SealingKey::parse(after.keys[0].key)->id() == id);
    CHECK(after.keys[1].key == before.keys[0].key);

    sealTo(kiosk, after);
    const auto fresh = kiosk.report();
    CHECK(kiosk.verdict(late.envelope) == "accepted");
    CHECK(kiosk.verdict(fresh.envelope) == "accepted");
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(idsIn(city.tool({"keys", "list"}), "in_force").size() == 2);
    // Whoever enrols now is told the same.
    CHECK(PretendKiosk(city).place.sealingKeys.front().key == after.keys[0].key);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what kiosks are told is cacheable, and survives a restart to the byte") {
    LiveCity city;
    const auto first = city.send({.path = "/v1/sealing-keys"});
    const Ask again{.path = "/v1/sealing-keys", .headers = {{"If-None-Match", first.header("ETag")}}};
    CHECK(city.send(again).status == 304);
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    city.startGateway();
    CHECK(city.send(again).status == 304);
    CHECK(city.send({.path = "/v1/sealing-keys"}).body == first.body);
    city.tool({"keys", "rotate"});
    CHECK(city.send(again).status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a retired key is told no more and opens for ever, the last one in force stays") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto late = kiosk.report();
    const auto first = idsIn(city.tool({"keys", "list"}), "in_force").at(0);
    int code = 0;
    const auto refused = runQuietly({"keys", "retire", first, "--data", city.dataDir().string()}, code);
    CHECK(code == 1);
    CHECK(refused.find("conflict") != std::string::npos);
    city.tool({"keys", "retire", "0123456789abcdef"}, 1);

    const auto second = firstWord(city.tool({"keys", "rotate"}));
    city.tool({"keys", "retire", first});
    const auto statement = told(city, kiosk);
    REQUIRE(statement.keys.size() == 1);
    CHECK(crypto::SealingKey::parse(statement.keys[0].key)->id() == second);
    CHECK(idsIn(city.tool({"keys", "list"}), "retired") == std::vector{first});
    CHECK(kiosk.verdict(late.envelope) == "accepted");
    CHECK(city.tool({"quarantine", "list"}).empty());
}

TEST_CASE("metrics tell how long the keys are good for and what no escrow holds") {
    LiveCity city;
    const auto metrics = [&] { return city.send({.path = "/metrics"}).body; };
    CHECK(metrics().find("tram_sealing_key_days_left 729\n") != std::string::npos);
    CHECK(metrics().find("tram_sealing_keys_not_escrowed 1\n") != std::string::npos);
    CHECK(metrics().find("tram_sealing_keys_lost 0\n") != std::string::npos);
    TempDir safe;
    const auto passphrase = writeSecret(safe / "passphrase", kPassphrase);
    city.tool({"keys", "export", "--to", (safe / "keys.escrow").string(), "--passphrase-file",
               passphrase.string()});
    city.tool({"keys", "rotate"});
    CHECK(city.send({.path = "/v1/sealing-keys"}).status == 200);
    CHECK(metrics().find("tram_sealing_keys_not_escrowed 1\n") != std::string::npos);
    const auto list = city.tool({"keys", "list"});
    CHECK(list.find("NOT ESCROWED") != std::string::npos);
    CHECK(list.find("\tescrowed ") != std::string::npos);
    CHECK(list.find(" days\t") != std::string::npos);
}

TEST_CASE("a key is renewed before the last one runs out, and there is time to put it into the escrow") {
    TempDir dir;
    FakeClock clock;
    auto keys = GatewayKeys::openOrCreate(dir.path(), clock.wall());
    REQUIRE(keys);
    const auto version = ringIn(dir.path()).version;
    clock.advance(GatewayKeys::kSealingValidity - GatewayKeys::kRenewBefore - std::chrono::hours(1));
    REQUIRE(keys->care(clock.wall()));
    CHECK(keys->sealingKeys(clock.wall()).size() == 1);
    CHECK(ringIn(dir.path()).version == version);  // nothing new, nothing told

    clock.advance(std::chrono::hours(2));
    REQUIRE(keys->care(clock.wall()));
    const auto ring = ringIn(dir.path());
    REQUIRE(ring.entries.size() == 2);
    CHECK(ring.version > version);
    CHECK(ring.entries[1].notBefore - clock.wall() == GatewayKeys::kRenewedWaits);
    CHECK(ring.newestInForce(clock.wall())->id == ring.entries[0].id);
    CHECK(keys->health(clock.wall()).daysLeft == 730);
    CHECK(keys->health(clock.wall()).unescrowed == 2);

    clock.advance(GatewayKeys::kRenewedWaits);
    CHECK(ringIn(dir.path()).newestInForce(clock.wall())->id == ring.entries[1].id);
    clock.advance(GatewayKeys::kRenewBefore);  // the first has run out: it is told no more, and opens
    REQUIRE(keys->care(clock.wall()));
    CHECK(keys->sealingKeys(clock.wall()).size() == 1);
    CHECK(keys->opening(ring.entries[0].id));
}

TEST_CASE("a clock that jumped years ahead and back costs a key, and nothing else") {
    TempDir dir;
    FakeClock clock;
    const auto now = clock.wall();
    auto keys = GatewayKeys::openOrCreate(dir.path(), now);
    REQUIRE(keys);
    const auto first = keys->sealingKeys(now).at(0).key;
    REQUIRE(keys->care(now + std::chrono::days(3650)));
    const auto ahead = ringIn(dir.path()).version;
    REQUIRE(keys->care(now));
    CHECK(ringIn(dir.path()).version >
          ahead);  // kiosks hold on to the highest version: it goes on from there
    CHECK(keys->opening(crypto::SealingKey::parse(first)->id()));
    CHECK(ringIn(dir.path()).newestInForce(now)->id == crypto::SealingKey::parse(first)->id());
    const auto statement =
        wire::SealingStatement::open(keys->statement()->bytes, keys->identity().verifyKey());
    REQUIRE(statement);
    CHECK(statement->keys.size() == 2);
}

TEST_CASE("a list from before there were statements is read") {
    TempDir dir;
    FakeClock clock;
    std::string id;
    {
        auto keys = GatewayKeys::openOrCreate(dir.path(), clock.wall());
        REQUIRE(keys);
        id = crypto::SealingKey::parse(keys->sealingKeys(clock.wall()).at(0).key)->id();
    }
    std::ofstream(dir / "sealing.json")
        << R"([{"id":")" << id << R"(","not_before":"2026-11-20T00:00:00+07:00",)"
        << R"("not_after":"2028-11-20T00:00:00+07:00"}])";
    auto keys = GatewayKeys::open(dir.path(), clock.wall());
    REQUIRE(keys);
    CHECK(keys->opening(id));
    CHECK(keys->sealingKeys(clock.wall()).size() == 1);
    CHECK(ringIn(dir.path()).version > 0);
}

TEST_CASE("a gateway that lost who it is does not become somebody else") {
    LiveCity city;
    PretendKiosk kiosk(city);
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    const auto keys = city.dataDir() / "keys";
    const auto serve = [&](const fs::path& lost) {
        int code = 0;
        const auto text = runQuietly(
            {"serve", "--demo", "--listen", "127.0.0.1:0", "--data", city.dataDir().string()}, code);
        INFO(text);
        CHECK(code == 1);
        CHECK(text.find("path=" + lost.string()) != std::string::npos);
        CHECK(text.find("keys import") != std::string::npos);
        const auto kind = text.find('[') + 1;
        return text.substr(kind, text.find(" path=") - kind);
    };
    for (const auto* name : {"identity.key", "content.key"}) {
        const auto file = keys / name, aside = keys / "aside";
        fs::rename(file, aside);
        CHECK(serve(file) == "key_missing");
        CHECK_FALSE(fs::exists(file));
        std::ofstream(file) << "not thirty-two bytes";
        fs::permissions(file, fs::perms(0600));
        CHECK(serve(file) == "malformed");
        fs::rename(aside, file);
    }
    fs::rename(keys, city.dataDir() / "aside");
    CHECK(serve(keys / "identity.key") == "key_missing");
    CHECK_FALSE(fs::exists(keys));
    fs::rename(city.dataDir() / "aside", keys);
    city.startGateway();
    CHECK(kiosk.verdict(kiosk.report().envelope) == "accepted");
}

TEST_CASE("key files that others may read keep the gateway from starting, by name") {
    LiveCity city;
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    for (const auto& entry : fs::directory_iterator(city.dataDir() / "keys")) {
        if (entry.path().extension() != ".key") continue;
        fs::permissions(entry.path(), fs::perms(0640));
        int code = 0;
        const auto text = runQuietly(
            {"serve", "--demo", "--listen", "127.0.0.1:0", "--data", city.dataDir().string()}, code);
        CHECK(code == 1);
        CHECK(text.find("key_exposed path=" + entry.path().string()) != std::string::npos);
        fs::permissions(entry.path(), fs::perms(0600));
    }
    city.startGateway();
    CHECK(city.send({.path = "/healthz"}).status == 200);
}

TEST_CASE("a lost or foreign sealing key shuts no door: its reports wait, others are opened") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto waiting = kiosk.report();
    const auto id = crypto::SealingKey::parse(kiosk.place.sealingKeys[0].key)->id();
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    const auto file = gateway::sealingFile(city.dataDir() / "keys", id);
    SECTION("gone") {
        fs::rename(file, city.dataDir() / "aside");
    }
    SECTION("cut") {
        fs::copy(file, city.dataDir() / "aside");
        fs::resize_file(file, 16);
    }
    SECTION("another key under its name") {
        fs::rename(file, city.dataDir() / "aside");
        REQUIRE(crypto::OpeningKey::generate().save(file));
    }
    city.startGateway();
    CHECK(city.logs().find("keys.sealing_key_lost") != std::string::npos);
    CHECK(kiosk.verdict(waiting.envelope) == "accepted");
    CHECK(city.tool({"quarantine", "list"}).find("unknown_sealing_key") != std::string::npos);
    CHECK(idsIn(city.tool({"keys", "list"}), "lost") == std::vector{id});
    CHECK(city.send({.path = "/metrics"}).body.find("tram_sealing_keys_lost 1\n") != std::string::npos);
    const auto statement = told(city, kiosk);
    REQUIRE(statement.keys.size() == 1);  // a new one; nobody is told to seal to the lost one any more
    CHECK(crypto::SealingKey::parse(statement.keys[0].key)->id() != id);
    sealTo(kiosk, statement);
    const auto fresh = kiosk.report();
    CHECK(kiosk.verdict(fresh.envelope) == "accepted");
    CHECK(eventually([&] { return kiosk.follow(fresh.code, fresh.secret).status == 200; }));

    REQUIRE(city.stopGateway(SIGTERM) == 0);
    fs::rename(city.dataDir() / "aside", file);
    city.startGateway();  // by itself: what waits in quarantine is opened
    CHECK(eventually([&] { return kiosk.follow(waiting.code, waiting.secret).status == 200; }));
    CHECK(city.tool({"quarantine", "list"}).empty());
}

TEST_CASE(
    "a key that a clock which was years ahead has made does not keep the next one from being made in time") {
    TempDir dir;
    FakeClock clock;
    const auto now = clock.wall();
    auto keys = GatewayKeys::openOrCreate(dir / "keys", now);
    REQUIRE(keys);
    REQUIRE(keys->care(now + std::chrono::days(9000)));
    REQUIRE(keys->care(now));
    const auto made = keys->openings();
    const auto nearItsEnd = now + GatewayKeys::kSealingValidity - std::chrono::days(30);
    CHECK(keys->health(nearItsEnd).daysLeft == 30);
    REQUIRE(keys->care(nearItsEnd));
    CHECK(keys->openings() == made + 1);
    CHECK(keys->health(nearItsEnd).daysLeft > 700);
}
