#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iostream>

#include "CityPacks.h"
#include "Dice.h"
#include "KioskUnit.h"
#include "crypto/FileHash.h"

using namespace tram;
using namespace tram::kills;

namespace {

/// A station whose city publishes one version after the other, by its operator's own command.
class ReadingStation {
  public:
    ReadingStation()
        : city_({.demo = false}),
          kiosk_(city_, dir_ / "kiosk"),
          store_(kiosk_.dataDir(), gatewayKey()),
          killSwitch_(dir_ / "page") {
        auto root = signers_.root();
        setTimes(root);
        city_.tool({"content", "take", "--first-root", file("root.json", test::cosign(root, signers_))});
    }
    /// Two packs of two pieces each, one of them a new one.
    void publish() {
        ++version_;
        const auto places = test::makePack("places", "Chợ", 1'500'000),
                   city = test::makePack("city", fmt::format("Trường {}", version_), 1'500'000);
        auto manifest = signers_.manifest(version_);
        setTimes(manifest);
        manifest.packs = {places.named, city.named};
        city_.tool({"content", "take", file("content.json", test::cosign(manifest, signers_)),
                    file("places.pack", places.bytes), file("city.pack", city.bytes)});
    }
    /// Runs an agent until the plan ends it, or the newest version is here. True when the plan did.
    bool run(const Plan& plan) {
        killSwitch_.arm(plan);
        auto agent = kiosk_.agent(TRAM_AGENT, killSwitch_);
        const bool done =
            test::eventually([&] { return agent.endedWithin(base::Millis(0)) || shown() == version_; });
        REQUIRE(done);
        if (!agent.endedWithin(base::Millis(0))) agent.kill();
        return killSwitch_.struck();
    }
    /// The version a kiosk would show, every byte of it looked at; 0 for none, -1 for a damaged one.
    int shown() const {
        const auto current = store_.current(base::SystemClock().wall());
        if (!current) return 0;
        for (const auto& pack : current->packs)
            if (crypto::sha256OfFile(pack.file) != pack.sha256) return -1;
        return current->version;
    }
    int version() const { return version_; }
    std::uint32_t points() const { return killSwitch_.page().seen[static_cast<std::size_t>(Phase::Packed)]; }

  private:
    /// The programs go by the real time.
    template <class Document>
    static void setTimes(Document& document) {
        document.signedAt = base::SystemClock().wall() - std::chrono::hours(1);
        document.expires = document.signedAt + std::chrono::hours(100);
    }
    std::string file(const std::string& name, const std::string& bytes) const {
        std::ofstream(dir_ / name, std::ios::binary) << bytes;
        return (dir_ / name).string();
    }
    crypto::VerifyKey gatewayKey() const {
        return *crypto::VerifyKey::parse(device::readEnrolmentAnswer(kiosk_.dataDir())->gatewayKey);
    }

    test::TempDir dir_;
    test::LiveCity city_;
    KioskUnit kiosk_;
    content::PackStore store_;
    KillSwitch killSwitch_;
    test::SigningCity signers_;
    int version_ = 0;
};

}  // namespace

TEST_CASE(
    "an agent is killed in the middle of a download and of a swap, and the kiosk always has whole content") {
    test::Dice dice("pack kills");
    CAPTURE(dice.seed());
    ReadingStation station;
    const Plan quiet{.role = Role::Agent, .phase = Phase::Packed, .speed = 20};
    station.publish();
    REQUIRE_FALSE(station.run(quiet));
    station.publish();
    REQUIRE_FALSE(station.run(quiet));
    const auto points = station.points();
    REQUIRE(points > 10);
    int struck = 0;
    for (int kill = 0; kill < 6; ++kill) {
        station.publish();
        auto plan = quiet;
        plan.nth = dice.between(1, points);
        plan.how = static_cast<How>(dice.between(0, 2));
        CAPTURE(kill, plan.nth, static_cast<int>(plan.how));
        struck += station.run(plan);
        const auto shown = station.shown();
        CHECK((shown == station.version() || shown == station.version() - 1));
        station.run(quiet);
        CHECK(station.shown() == station.version());
    }
    std::cout << fmt::format("packs: {} of {} points struck\n", struck, points) << std::flush;
    CHECK(struck >= 3);
}
