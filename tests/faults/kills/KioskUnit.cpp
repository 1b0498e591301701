#include "KioskUnit.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "agent/Line.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::kills {

namespace fs = std::filesystem;

namespace {

void enrol(test::LiveCity& city, const device::KioskConfig& config) {
    const base::SystemClock clock;
    const auto code = wire::EnrolmentCode::parse(city.enrolmentCode());
    REQUIRE(code);
    auto key = crypto::SigningKey::generate();
    auto answer = agent::openLine(config, clock, {})->enrol(*code, key.verifyKey());
    REQUIRE(answer);
    REQUIRE(device::Enrolment{*std::move(answer), std::move(key)}.save(config.dataDir));
}

}  // namespace

KioskUnit::KioskUnit(const fs::path& dir, const std::string& url) : dir_(dir) {
    for (const auto& each : {dataDir(), dir_ / "run"}) {
        fs::create_directories(each);
        fs::permissions(each, fs::perms::owner_all);
    }
    std::ofstream(config()) << R"({"demo": true, "gateway_url": ")" << url << R"(", "data_dir": ")"
                            << dataDir().string() << R"(", "runtime_dir": ")" << (dir_ / "run").string()
                            << R"(", "content": {"poll_seconds": 1}})";
}

KioskUnit::KioskUnit(test::LiveCity& city, const fs::path& dir) : KioskUnit(dir, city.url()) {
    const auto read = device::KioskConfig::load(config());
    REQUIRE(read);
    enrol(city, *read);
    REQUIRE(outbox::SqliteOutboxStore::open(dataDir()));
}

KioskUnit::KioskUnit(const device::Enrolment& enrolment, const fs::path& dir)
    : KioskUnit(dir, "http://127.0.0.1:9") {
    REQUIRE(enrolment.save(dataDir()));
}

test::Process KioskUnit::agent(const std::string& program, const KillSwitch& killSwitch) const {
    return test::Process({{program, "--config", config()}, killSwitch.environment(), log()});
}

test::Process KioskUnit::keeper(const KillSwitch& killSwitch, const std::vector<std::string>& arguments,
                                int told) const {
    std::vector<std::string> argv = {KEEPER, "--config", config()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return test::Process({argv, killSwitch.environment(), log(), told});
}

test::Process KioskUnit::enrolAnew(const KillSwitch& killSwitch, const std::string& code) const {
    return test::Process(
        {{TRAM_TOOL, "enrol", "--code", code, "--config", config()}, killSwitch.environment(), log()});
}

void KioskUnit::ageFiles() const {
    // Files that nothing names go at the second look that finds them old enough; no clock is asked.
    const auto store = outbox::SqliteOutboxStore::open(dataDir(), std::chrono::milliseconds(0));
    for (int look = 0; store && look < 2; ++look) (void)(*store)->prune(0);
}

bool drain(const KioskUnit& kiosk, KillSwitch& killSwitch, const Plan& quiet) {
    const auto waiting = [&] {
        const auto store = outbox::SqliteOutboxStore::open(kiosk.dataDir());
        return store ? (*store)->counts()->waiting : 1;
    };
    kiosk.ageFiles();
    killSwitch.arm(quiet);
    auto agent = kiosk.agent(TRAM_AGENT, killSwitch);
    const bool sent = test::eventually([&] { return waiting() == 0; }, std::chrono::seconds(60));
    // A whole pause after the last one: it has looked for more, found nothing, and tidied up.
    const auto before = killSwitch.page().rests.load();
    const bool tidied =
        test::eventually([&] { return killSwitch.page().rests > before + 1; }, std::chrono::seconds(30));
    return agent.stop() == 0 && sent && tidied;
}

}  // namespace tram::kills
