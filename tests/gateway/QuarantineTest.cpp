#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "QuietCity.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

json state(LiveCity& city) {
    return json::parse(city.send({.path = "/dashboard/state"}).body);
}

}  // namespace

TEST_CASE("what could not be opened is opened when the keys are back") {
    LiveCity city;
    PretendKiosk kiosk(city);
    // The gateway starts without its sealing keys; what comes meanwhile is accepted, and waits.
    const auto keys = city.dataDir() / "keys", away = city.dataDir().parent_path() / "away";
    const auto sent = kiosk.report();
    city.stopGateway(SIGTERM);
    std::filesystem::copy(keys, away);
    for (const auto& entry : std::filesystem::directory_iterator(away))
        if (entry.path().filename().string().starts_with("sealing"))
            std::filesystem::remove(keys / entry.path().filename());
    city.startGateway();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(kiosk.follow(sent.code).status == 404);
    const auto list = city.tool({"quarantine", "list"});
    CHECK(list.find(sent.id.text()) != std::string::npos);
    CHECK(list.find("unknown_sealing_key") != std::string::npos);
    CHECK(state(city).at("envelopes").at("quarantined") == 1);
    const auto shown = city.tool({"quarantine", "show", sent.id.text()});
    CHECK(shown.find("bytes\t" + std::to_string(sent.envelope.size())) != std::string::npos);
    CHECK(shown.find("CANARY") == std::string::npos);

    // Nothing changes by asking again too early.
    city.tool({"quarantine", "retry", sent.id.text()});
    city.stopGateway(SIGTERM);
    city.startGateway();
    REQUIRE(eventually([&] { return state(city).at("envelopes").at("quarantined") == 1; }));

    city.stopGateway(SIGTERM);
    std::filesystem::copy(
        away, keys,
        std::filesystem::copy_options::overwrite_existing | std::filesystem::copy_options::recursive);
    CHECK(city.tool({"quarantine", "retry", "--all", "--reason", "no_such_reason"}) == "0\n");
    CHECK(city.tool({"quarantine", "retry", "--all", "--reason", "unknown_sealing_key"}) == "1\n");
    city.startGateway();
    CHECK(eventually([&] { return kiosk.follow(sent.code).status == 200; }));
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(state(city).at("envelopes").at("opened") == 1);
    CHECK(kiosk.verdict(sent.envelope) == "replayed");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what people set aside stays, with their reason, and can be taken back") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto id = base::Uuid::v7(base::SystemClock().wall());
    const auto envelope = kiosk.envelopeOf(id, "no json");
    REQUIRE(kiosk.verdict(envelope) == "accepted");
    const auto metrics = [&] { return city.send({.path = "/metrics"}).body; };
    CHECK(metrics().find("tram_envelopes{state=\"quarantined\"} 1") != std::string::npos);
    CHECK(metrics().find("tram_quarantine_oldest_seconds ") != std::string::npos);

    city.tool({"quarantine", "set-aside", id.text(), "--reason", ""}, 1);
    city.tool({"quarantine", "set-aside", id.text(), "--reason", "an old program wrote it"});
    city.tool({"quarantine", "set-aside", id.text(), "--reason", "twice"}, 1);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.tool({"quarantine", "list", "--set-aside"}).find("schema\tan old program wrote it") !=
          std::string::npos);
    CHECK(metrics().find("tram_envelopes{state=\"set_aside\"} 1") != std::string::npos);
    CHECK(metrics().find("tram_quarantine_oldest_seconds 0") != std::string::npos);
    CHECK(state(city).at("envelopes").at("set_aside") == 1);
    CHECK(city.tool({"quarantine", "retry", "--all"}) == "0\n");
    CHECK(kiosk.verdict(envelope) == "replayed");

    city.tool({"quarantine", "retry", id.text()});
    city.stopGateway(SIGKILL);
    city.startGateway();
    CHECK(eventually([&] { return state(city).at("envelopes").at("quarantined") == 1; }));
    CHECK(city.tool({"quarantine", "show", id.text()}).find("note\t\n") != std::string::npos);

    // The way out of quarantine for good is to be forgotten by name.
    CHECK(city.tool({"forget", "--id", id.text()}) == id.text() + "\tnever delivered\n");
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(kiosk.verdict(envelope) == "replayed");
    for (const auto& wrong : {std::vector<std::string>{"quarantine", "show", id.text()},
                              {"quarantine", "retry", id.text()},
                              {"quarantine", "retry", "no-id"},
                              {"forget", "--id", id.text()},
                              {"forget", "--code", "K7M"}})
        city.tool(wrong, 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
