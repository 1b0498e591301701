#include "device/StaffLog.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using device::StaffLog;

namespace {

const ledger::Event kEvent{
    .kind = ledger::Kind::HelpStarted, .staff = "S-7", .desk = "Quầy 3", .members = {}};

wire::LogAcknowledgement saidOf(const ledger::Head& head) {
    return {"019aa4c0-0000-7000-8000-00000000000a",
            head.chain,
            {head.n, head.hash},
            "2026-11-21T09:41:07.250+07:00"};
}

}  // namespace

TEST_CASE("what the gateway has acknowledged is kept for each chain, and only what it has signed counts") {
    const test::TempDir dir;
    const test::FakeClock clock;
    const StaffLog log(dir.path());
    const auto gateway = crypto::SigningKey::generate(), other = crypto::SigningKey::generate();
    CHECK(log.acknowledged(gateway.verifyKey()).heads.empty());
    CHECK(log.acknowledged().heads.empty());
    auto writer = log.open(clock);
    REQUIRE(writer);
    const auto first = writer->append(kEvent).value(), second = writer->append(kEvent).value();
    for (const auto& head : {first, second}) REQUIRE(log.keep(saidOf(head).sign(gateway), saidOf(head)));
    auto stranger = saidOf(first);
    stranger.chain = "ffffffffffffffff";
    REQUIRE(log.keep(stranger.sign(other), stranger));
    std::ofstream(log.directory() / "acknowledged" / "0000000000000000.json") << "nothing";
    const auto known = log.acknowledged(gateway.verifyKey());
    CHECK(known.heads == std::vector{second});
    CHECK(known.doubtful == 2);
    const auto verdict = ledger::verify(log.directory(), known.heads);
    REQUIRE(verdict);
    CHECK(verdict->sound());
    CHECK(verdict->chains.front().acknowledged == 3);
}
