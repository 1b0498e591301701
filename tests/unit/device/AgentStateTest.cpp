#include "device/AgentState.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::AgentState;

namespace {

AgentState online() {
    AgentState state;
    state.online = true;
    state.writtenAt = {"boot-1", 1h};
    return state;
}

}  // namespace

TEST_CASE("the agent's state arrives as it was written") {
    const test::TempDir dir;
    AgentState state = online();
    state.online = false;
    state.problem = "no_network";
    REQUIRE(state.write(dir.path()));
    const auto read = AgentState::read(dir.path());
    REQUIRE(read);
    CHECK_FALSE(read->online);
    CHECK(read->problem == "no_network");
    CHECK(read->writtenAt.bootId == "boot-1");
    CHECK(read->writtenAt.sinceBoot == base::Millis(1h));

    REQUIRE(online().write(dir.path()));
    CHECK(AgentState::read(dir.path())->online);
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path()), {}) == 1);  // nothing left beside it
}

TEST_CASE("an agent that is down counts as offline") {
    const AgentState state = online();
    CHECK(state.onlineAt({"boot-1", 1h}));
    CHECK(state.onlineAt({"boot-1", 1h + 4s}));
    CHECK_FALSE(state.onlineAt({"boot-1", 1h + 4001ms}));
    CHECK_FALSE(state.onlineAt({"boot-2", 1h}));  // the file outlived a reboot
    CHECK_FALSE(state.onlineAt({"boot-2", 1s}));
    AgentState offline = online();
    offline.online = false;
    CHECK_FALSE(offline.onlineAt({"boot-1", 1h}));
}

TEST_CASE("a gateway that answers and takes nothing is neither online nor offline") {
    const test::TempDir dir;
    using Link = AgentState::Link;
    AgentState state = online();
    CHECK(state.linkAt({"boot-1", 1h}) == Link::Online);
    state.sending = "server_fault";
    REQUIRE(state.write(dir.path()));
    const auto read = AgentState::read(dir.path());
    REQUIRE(read);
    CHECK(read->sending == "server_fault");
    CHECK(read->linkAt({"boot-1", 1h}) == Link::SendingFails);
    CHECK(read->linkAt({"boot-1", 1h + 5s}) == Link::Offline);
    state.online = false;
    CHECK(state.linkAt({"boot-1", 1h}) == Link::Offline);
}

TEST_CASE("a state that is missing or damaged is a problem, not a crash") {
    const test::TempDir dir;
    CHECK(AgentState::read(dir.path()).error().kind == ProblemKind::FileMissing);
    for (const std::string text :
         {"", "{", "[]", "7", R"({"online":1,"boot_id":"b","since_boot_ms":1})", R"({"online":true})",
          R"({"online":true,"boot_id":"b","since_boot_ms":"x"})",
          R"({"online":true,"boot_id":"b","since_boot_ms":-9223372036854775808})",
          R"({"online":true,"boot_id":"b","since_boot_ms":-9223372436854775809})",
          R"({"online":true,"boot_id":"b","since_boot_ms":18446744073709551615})",
          R"({"online":true,"boot_id":"b","since_boot_ms":1.5})",
          R"({"online":true,"problem":3,"boot_id":"b","since_boot_ms":1})",
          R"({"online":true,"sending":true,"boot_id":"b","since_boot_ms":1})"}) {
        CAPTURE(text);
        std::ofstream(dir / "agent.json") << text;
        const auto read = AgentState::read(dir.path());
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == ProblemKind::Malformed);
    }
    std::ofstream(dir / "agent.json") << std::string(100'000, ' ');
    CHECK_FALSE(AgentState::read(dir.path()));
}

TEST_CASE("a newer agent may tell more") {
    const test::TempDir dir;
    std::ofstream(dir / "agent.json") << R"({"online":true,"boot_id":"b","since_boot_ms":5,"waiting":3})";
    CHECK(AgentState::read(dir.path())->onlineAt({"b", base::Millis(6)}));
}

TEST_CASE("a state that cannot be written is told") {
    const test::TempDir dir;
    const auto written = online().write(dir / "absent");
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == ProblemKind::FileMissing);
}
