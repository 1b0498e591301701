// Revoked, and enrolled anew: what the station kept before arrives once.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "EnrolledStation.h"
#include "GatewayBooks.h"
#include "base/FileLock.h"
#include "base/Files.h"

using namespace tram;
using namespace tram::keys;

namespace {

namespace fs = std::filesystem;

/// Each kept report is at the gateway once, opened, with so many pictures.
void checkArrived(const test::LiveCity& city, const std::vector<EnrolledStation::Kept>& kept) {
    CHECK(test::eventually([&] { return test::GatewayBooks::unsettled(city.dataDir()) == 0; }));
    std::map<std::string, int> times;
    for (const auto& arrival : test::GatewayBooks::arrivals(city.dataDir())) {
        ++times[arrival.id];
        CHECK(arrival.opens);
        CHECK(arrival.reports == 1);
        CHECK(arrival.pictures.size() == arrival.picturesTold);
    }
    CHECK(times.size() == kept.size());
    for (const auto& each : kept) CHECK(times[each.id.text()] == 1);
}

std::string codeReplacing(test::LiveCity& city, const std::string& kiosk) {
    auto code =
        city.tool({"enrol-code", "--ward", "27154", "--station", "Trạm Bàn Cờ 02", "--replaces", kiosk});
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
}

int publicStatus(test::LiveCity& city, const std::string& code) {
    return city.send({.path = "/v1/feedback/" + code}).status;
}

}  // namespace

TEST_CASE("a revoked station keeps everything, says why, and delivers it once enrolled anew", "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    const auto before = station.enrolment().answer;
    const auto oldKey = base::readFile(station.data() / "kiosk.key").value();
    std::vector kept{station.keep(), station.keep(1)};
    station.startAgent();
    REQUIRE(station.allAccepted());

    city.tool({"revoke", before.kioskId});
    kept.push_back(station.keep());
    kept.push_back(station.keep(2));
    CHECK(station.agentSays("forbidden"));
    CHECK(station.counts().waiting == 2);
    CHECK(station.counts().needsAttention == 0);
    CHECK(station.tool({"doctor", "--lang", "en"}, 1).find("revoked at the gateway") != std::string::npos);

    station.enrol(city.enrolmentCode());  // beside the running agent
    const auto after = station.enrolment().answer;
    CHECK(after.prefix != before.prefix);
    CHECK(after.kioskId != before.kioskId);
    CHECK(base::readFile(station.data() / "kiosk.key").value() != oldKey);
    kept.push_back(station.keep());
    REQUIRE(station.allAccepted());
    CHECK(station.stopAgent() == 0);
    checkArrived(city, kept);
    for (const auto& each : kept) CHECK(publicStatus(city, each.code) == 200);
    // And the station itself still knows the codes it gave before.
    const auto session = station.enrolment();
    CHECK(session.codes.has_value());
}

TEST_CASE("while a station is being enrolled a second tram enrol waits for its turn, and spends no code",
          "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    const auto code = city.enrolmentCode();
    {
        const auto other = base::FileLock::take(station.data() / "enrol.lock");
        REQUIRE(other);
        const auto said = station.tool({"enrol", "--code", code, "--lang", "en"}, 1);
        CHECK(said.find("Another tram enrol is running") != said.npos);
        CHECK_FALSE(fs::exists(station.data() / "enrolment.json"));
    }
    station.enrol(code);
    station.enrolment();
}

TEST_CASE("with its former key lost a station delivers what its operator names", "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    const auto before = station.enrolment().answer;
    const std::vector kept{station.keep(), station.keep(1)};
    fs::resize_file(station.data() / "kiosk.key", 10);
    CHECK(station.tool({"doctor", "--lang", "en"}, 1).find("kiosk.key") != std::string::npos);
    station.enrol(city.enrolmentCode());
    station.startAgent();
    CHECK(test::eventually([&] { return station.counts().needsAttention == 2; }, std::chrono::seconds(30)));
    CHECK(station.item(kept[0].id).problem == "refused_kiosk");

    station.enrol(codeReplacing(city, before.kioskId));
    station.tool({"queue", "retry", "--all"});
    CHECK(station.allAccepted());
    CHECK(station.stopAgent() == 0);
    checkArrived(city, kept);
}

TEST_CASE("a stolen station's reports wait for a person, and those from before the theft can be let in",
          "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    const auto before = station.enrolment().answer;
    const auto honest = station.keep(1);
    const auto theft = base::SystemClock().wall() + std::chrono::milliseconds(1);
    test::eventually([&] { return base::SystemClock().wall() > theft; });
    const auto thiefs = station.keep();
    city.tool({"revoke", before.kioskId, "--stolen", "--since", base::toRfc3339(theft)});
    station.enrol(city.enrolmentCode());
    station.startAgent();
    CHECK(test::eventually([&] { return station.counts().needsAttention == 2; }, std::chrono::seconds(30)));
    CHECK(station.item(honest.id).problem == "refused_stolen");

    city.tool({"release", before.kioskId});
    station.tool({"queue", "retry", "--all"});
    const auto state = [&](const EnrolledStation::Kept& kept) { return station.item(kept.id).state; };
    CHECK(test::eventually([&] { return state(honest) == outbox::ItemState::Accepted; },
                           std::chrono::seconds(30)));
    CHECK(test::eventually([&] { return state(thiefs) == outbox::ItemState::NeedsAttention; },
                           std::chrono::seconds(30)));
    CHECK(station.item(thiefs.id).problem == "refused_stolen");
    CHECK(station.stopAgent() == 0);
    checkArrived(city, {honest});
}

TEST_CASE("wrong key material at a station is named, and costs nothing that was kept", "[keys]") {
    test::LiveCity city, elsewhere;
    EnrolledStation station(city), other(city), foreign(elsewhere);
    for (auto* each : {&station, &other}) each->enrol(city.enrolmentCode());
    foreign.enrol(elsewhere.enrolmentCode());
    const auto kept = station.keep(1);
    const auto save = station.data() / "save";
    fs::create_directory(save);
    for (const auto* name : {"kiosk.key", "enrolment.json"})
        fs::copy_file(station.data() / name, save / name);
    const auto put = [&](const char* name, const fs::path& from) {
        fs::copy_file(from, station.data() / name, fs::copy_options::overwrite_existing);
        fs::permissions(station.data() / name, fs::perms(0600));
    };
    const auto doctorNames = [&](const char* word) {
        return station.tool({"doctor", "--lang", "en"}, 1).find(word) != std::string::npos;
    };
    put("kiosk.key", other.data() / "kiosk.key");
    CHECK(doctorNames("Another one's key"));
    put("kiosk.key", save / "kiosk.key");
    fs::permissions(station.data() / "kiosk.key", fs::perms(0644));
    CHECK(doctorNames("Others may read a secret file"));
    station.tool({"enrol", "--code", city.enrolmentCode()}, 1);  // nothing is made over an exposed key
    put("kiosk.key", save / "kiosk.key");
    CHECK(base::readFile(station.data() / "enrolment.json").value() ==
          base::readFile(save / "enrolment.json").value());

    // Another city's whole enrolment: our gateway is a stranger to it, and is told nothing.
    put("enrolment.json", foreign.data() / "enrolment.json");
    put("kiosk.key", foreign.data() / "kiosk.key");
    station.startAgent();
    CHECK(test::eventually([&] { return station.agentProblem() == "not_the_gateway"; }));
    CHECK(station.stopAgent() == 0);
    CHECK(station.counts().waiting == 1);
    CHECK(test::GatewayBooks::arrivals(city.dataDir()).empty());

    for (const auto* name : {"kiosk.key", "enrolment.json"}) put(name, save / name);
    station.startAgent();
    CHECK(station.allAccepted());
    CHECK(station.stopAgent() == 0);
    checkArrived(city, {kept});
}
