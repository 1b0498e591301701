#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "Dice.h"
#include "KioskUnit.h"
#include "TempDir.h"
#include "outbox/SqliteOutboxStore.h"

using namespace tram;
using namespace tram::kills;

namespace {

constexpr int kStarts = 40;

device::Enrolment someEnrolment() {
    const auto gateway = crypto::SigningKey::generate();
    wire::EnrolmentAnswer answer;
    answer.kioskId = "0190d3a0-0000-7000-8000-000000000000";
    answer.prefix = "K7M";
    answer.wardCode = "27154";
    answer.stationName = "Trạm";
    answer.gatewayKey = answer.contentKey = gateway.verifyKey().text();
    answer.tokenAudience = "urn:tram:gateway:test";
    answer.publicUrl = "http://127.0.0.1:9";
    answer.sealingKeys = {
        {crypto::OpeningKey::generate().sealingKey().text(), "2020-01-01T00:00:00Z", "2120-01-01T00:00:00Z"}};
    return {std::move(answer), crypto::SigningKey::generate()};
}

/// How it ended, and how many reports it said it had kept.
std::pair<int, int> run(const KioskUnit& kiosk, const KillSwitch& killSwitch,
                        const std::filesystem::path& told) {
    const int fd = open(told.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    auto keeper = kiosk.keeper(killSwitch, {"--first", "1", "--reports", "1"}, fd);
    REQUIRE(keeper.endedWithin(std::chrono::seconds(20)));
    close(fd);
    std::ifstream lines(told);
    int kept = 0;
    for (std::string line; std::getline(lines, line);) kept += line.starts_with("acknowledged ");
    return {*keeper.outcome(), kept};
}

}  // namespace

TEST_CASE("a kiosk killed while it makes its store makes it at the next start") {
    test::Dice dice("first starts");
    CAPTURE(dice.seed());
    test::TempDir dir;
    const auto enrolment = someEnrolment();
    KillSwitch killSwitch(dir / "page");
    killSwitch.arm({.role = Role::Kiosk});
    REQUIRE(run(KioskUnit(enrolment, dir / "whole"), killSwitch, dir / "told").first == 0);
    const auto points = killSwitch.page().points.load();
    for (int start = 0; start < kStarts; ++start) {
        const auto place = dir / ("kiosk" + std::to_string(start));
        const KioskUnit kiosk(enrolment, place);
        const auto nth = dice.between(1, points);
        CAPTURE(start, nth);
        killSwitch.arm({.role = Role::Kiosk, .nth = nth, .how = static_cast<How>(dice.between(0, 2))});
        const int first = run(kiosk, killSwitch, place / "told").first;
        CHECK(first == (killSwitch.struck() ? -SIGKILL : 0));
        killSwitch.arm({.role = Role::Kiosk});
        const auto [ended, kept] = run(kiosk, killSwitch, place / "told");
        CHECK(ended == 0);
        const auto store = outbox::SqliteOutboxStore::open(kiosk.dataDir());
        REQUIRE(store);
        CHECK((*store)->quickCheck());
        CHECK((*store)->counts()->waiting >= static_cast<std::size_t>(kept));
    }
}
