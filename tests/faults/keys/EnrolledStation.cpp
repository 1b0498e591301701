#include "EnrolledStation.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "StationOutbox.h"
#include "base/Files.h"
#include "wire/Envelope.h"

namespace tram::keys {

EnrolledStation::EnrolledStation(const test::LiveCity& city) {
    for (const char* part : {"data", "run"}) std::filesystem::create_directory(dir_ / part);
    std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
    const nlohmann::json config = {{"demo", true},
                                   {"gateway_url", city.url()},
                                   {"data_dir", data().string()},
                                   {"runtime_dir", (dir_ / "run").string()}};
    std::ofstream(dir_ / "kiosk.json") << config.dump();
}

std::string EnrolledStation::tool(std::vector<std::string> arguments, int expectedExit) const {
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_TOOL};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    argv.insert(argv.end(), {"--config", (dir_ / "kiosk.json").string()});
    int exitCode = 0;
    auto said = test::runAndRead(argv, exitCode);
    INFO(said);
    CHECK(exitCode == expectedExit);
    return said;
}

std::shared_ptr<outbox::SqliteOutboxStore> EnrolledStation::store() const {
    return outbox::SqliteOutboxStore::open(data()).value();
}

EnrolledStation::Kept EnrolledStation::keep(int pictures, const base::Clock& clock) const {
    auto draft = test::sampleDraft("Nắp cống bị vỡ");
    for (int i = 0; i < pictures; ++i) test::addPicture(draft, crypto::randomBytes(30'000));
    const auto kept = test::keep(draft, test::openOutbox(data(), store(), clock).value(), clock).value();
    const auto envelope = wire::Envelope::parse(item(kept.kept.id).envelope).value();
    return {kept.kept.id, kept.code.symbols(), envelope.sealingKeyId};
}

void EnrolledStation::startAgent() {
    agent_.start({TRAM_AGENT, "--config", (dir_ / "kiosk.json").string()}, dir_ / "agent.log");
}

int EnrolledStation::stopAgent() {
    return agent_.stop(SIGTERM);
}

bool EnrolledStation::agentSays(const std::string& words) const {
    return test::eventually(
        [&] { return base::readFile(dir_ / "agent.log").value_or("").find(words) != std::string::npos; },
        std::chrono::seconds(50));
}

bool EnrolledStation::allAccepted() const {
    return test::eventually(
        [&] {
            const auto now = counts();
            return now.waiting == 0 && now.needsAttention == 0;
        },
        std::chrono::seconds(50));
}

}  // namespace tram::keys
