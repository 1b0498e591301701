#include <CLI/CLI.hpp>
#include <filesystem>

#include "agent/Agent.h"
#include "agent/Process.h"
#include "base/Files.h"
#include "base/Log.h"

namespace {

using namespace tram;

/// EX_CONFIG and EX_TEMPFAIL of sysexits.h: systemd gives up on the one and tries again after the other.
constexpr int kBadConfig = 78, kTryAgain = 75;

int fail(base::log::Word event, const base::Problem& problem, int code) {
    base::log::problem(event, problem);
    return code;
}

int run(const std::filesystem::path& configFile) {
    auto config = device::KioskConfig::load(configFile);
    if (!config) return fail("bad_config", config.error(), kBadConfig);
    const agent::StopSignals signals;
    const base::SystemClock clock;
    for (const auto& [directory, mode] : {std::pair{config->dataDir, 0700}, {config->runtimeDir, 0755}}) {
        if (auto made = base::makeDirectories(directory, mode); !made)
            return fail("cannot_begin", made.error(), kTryAgain);
    }
    auto sole = agent::SoleAgent::claim(config->dataDir, clock.boot().bootId);
    if (!sole) return fail("cannot_begin", sole.error(), kTryAgain);
    agent::Agent(*std::move(config), clock, *sole).run(signals);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    agent::hardenProcess();
    base::log::setProgram("tram-agent");
    CLI::App app{"tram-agent"};
    std::filesystem::path config;
    app.add_option("--config", config)->required()->type_name("FILE");
    app.set_version_flag("--version", TRAM_VERSION);
    CLI11_PARSE(app, argc, argv);
    return run(config);
}
