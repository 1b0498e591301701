// New sealing keys come to a station by themselves; another gateway's do not.
#include <catch2/catch.hpp>
#include <csignal>

#include "EnrolledStation.h"
#include "GatewayBooks.h"
#include "base/Files.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::keys;

namespace {

std::string rotate(test::LiveCity& city) {
    const auto said = city.tool({"keys", "rotate"});
    return said.substr(0, said.find('\t'));
}

bool takes(const EnrolledStation& station, const std::string& key) {
    return test::eventually(
        [&] { return station.enrolment().sealingKey(base::SystemClock().wall())->id() == key; },
        std::chrono::seconds(50));
}

std::size_t openedOnce(const test::LiveCity& city) {
    std::size_t opened = 0;
    for (const auto& arrival : test::GatewayBooks::arrivals(city.dataDir()))
        opened += arrival.opens && arrival.reports == 1 ? 1 : 0;
    return opened;
}

}  // namespace

TEST_CASE("a rotated sealing key reaches the next session without a restart of anything", "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    CHECK(station.enrolment().told);  // by tram enrol itself
    const auto first = station.keep();
    station.startAgent();
    REQUIRE(station.allAccepted());

    const auto second = rotate(city);
    CHECK(first.sealedTo != second);
    REQUIRE(takes(station, second));
    CHECK(station.keep().sealedTo == second);
    // Clocks that are years off take reports too, to a key that opens.
    test::FakeClock clock;
    clock.set("1970-01-01T00:00:05+00:00");
    CHECK(station.keep(0, clock).sealedTo == second);
    clock.set("2055-06-01T00:00:00+07:00");
    CHECK(station.keep(1, clock).sealedTo == second);
    CHECK(station.allAccepted());
    CHECK(station.stopAgent() == 0);
    CHECK(test::eventually([&] { return openedOnce(city) == 4; }));
    CHECK(city.tool({"quarantine", "list"}).empty());
}

TEST_CASE("another gateway's word on sealing keys is refused and told, and the old keys stay", "[keys]") {
    test::LiveCity city, other;
    EnrolledStation station(city), stranger(other);
    station.enrol(city.enrolmentCode());
    stranger.enrol(other.enrolmentCode());
    const auto sealedTo = station.keep().sealedTo;
    std::filesystem::copy_file(stranger.data() / "sealing-keys.json", station.data() / "sealing-keys.json",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(station.keep().sealedTo == sealedTo);
    const auto doctor = station.tool({"doctor", "--lang", "en"}, 1);
    CHECK(doctor.find("sealing-keys.json is another gateway's") != std::string::npos);
    // Our own gateway's word takes its place.
    station.startAgent();
    CHECK(station.agentSays("sealing_keys_updated"));
    CHECK(station.allAccepted());
    CHECK(station.stopAgent() == 0);
    CHECK(test::eventually([&] { return openedOnce(city) == 2; }));
}
