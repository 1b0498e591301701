// The log of what staff do, the real agent and the real gateway: what is acknowledged cannot be cut unseen.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "EnrolledStation.h"
#include "base/Files.h"
#include "device/StaffLog.h"

using namespace tram;
using namespace tram::keys;

namespace {

/// So many lines of staff at this station; the newest head.
ledger::Head work(const EnrolledStation& station, int lines) {
    const base::SystemClock clock;
    auto log = device::StaffLog(station.data()).open(clock).value();
    ledger::Head head;
    for (int i = 0; i < lines; ++i)
        head =
            log.append({.kind = ledger::Kind::HelpStarted, .staff = "S-7", .desk = "Quầy 3", .members = {}})
                .value();
    return head;
}

bool acknowledged(const EnrolledStation& station, const ledger::Head& head) {
    return test::eventually([&] {
        for (const auto& known : device::StaffLog(station.data()).acknowledged().heads)
            if (known == head) return true;
        return false;
    });
}

void cutLines(const EnrolledStation& station, std::size_t lines) {
    const auto file = ledger::Segment::at(device::StaffLog(station.data()).directory(), 1, 1).file;
    auto text = base::readFile(file).value();
    for (; lines > 0; --lines) text.erase(text.rfind('\n', text.size() - 2) + 1);
    std::ofstream(file, std::ios::trunc) << text;
}

}  // namespace

TEST_CASE("the agent has the gateway acknowledge the log, and who writes then knows of a cut", "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    const auto head = work(station, 5);
    station.startAgent();
    REQUIRE(acknowledged(station, head));
    CHECK(city.tool({"log", "list"}).find(head.chain + "\t6\t") != std::string::npos);
    CHECK(station.stopAgent() == 0);
    cutLines(station, 2);
    const auto next = work(station, 1);
    CHECK(next.chain != head.chain);
    CHECK(next.n == 2);
    station.startAgent();
    CHECK(station.agentSays("log_broken chain=1 damage=cut_tail line_number=5"));
    REQUIRE(acknowledged(station, next));
    CHECK(station.stopAgent() == 0);
}

TEST_CASE("a log that was cut together with what was acknowledged of it is told to the operator", "[keys]") {
    test::LiveCity city;
    EnrolledStation station(city);
    station.enrol(city.enrolmentCode());
    const auto head = work(station, 5);
    station.startAgent();
    REQUIRE(acknowledged(station, head));
    CHECK(station.stopAgent() == 0);
    cutLines(station, 2);
    std::filesystem::remove_all(device::StaffLog(station.data()).directory() / "acknowledged");
    station.startAgent();
    CHECK(station.agentSays("log_head_not_taken problem=conflict"));
    CHECK(city.tool({"log", "list"}).find("went_back at line 4") != std::string::npos);
    CHECK(station.stopAgent() == 0);
    // The gateway's word lies beside the log again, and the next member of staff begins a new chain.
    CHECK(work(station, 1).n == 2);
}
