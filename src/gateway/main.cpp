#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "base/Log.h"
#include "gateway/http/City.h"
#include "gateway/http/GatewayServer.h"

namespace {

using namespace tram;
using gateway::GatewayConfig;

/// EX_TEMPFAIL of sysexits.h: another gateway holds the directory; later it may not.
constexpr int kTryAgain = 75;
constexpr const char* kVersion = "0.1.0";

struct Options {
    bool demo = false;
    std::string config, data, share, listen, publicUrl, portFile;
    double clockSpeed = 0;
    std::string ward, station, kiosk;
};

int failed(const base::Problem& problem) {
    std::cerr << "tram-gateway: " << base::name(problem.kind);
    for (const auto& [key, value] : problem.facts) std::cerr << ' ' << key << '=' << value;
    std::cerr << '\n';
    return problem.kind == base::ProblemKind::StoreBusy ? kTryAgain : 1;
}

/// Beside the program: build/<preset>/share/tram, /usr/share/tram.
std::filesystem::path defaultShare() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share" /
           "tram";
}

base::Result<GatewayConfig> configFrom(const Options& options) {
    auto config = options.demo ? GatewayConfig::demo() : GatewayConfig();
    config.shareDir = defaultShare();
    if (!options.config.empty())
        if (auto read = GatewayConfig::read(options.config, config); !read)
            return tl::unexpected(read.error());
    if (!options.data.empty()) config.dataDir = options.data;
    if (!options.share.empty()) config.shareDir = options.share;
    if (!options.publicUrl.empty()) config.publicUrl = options.publicUrl;
    if (options.clockSpeed > 0) config.clockSpeed = options.clockSpeed;
    if (!options.listen.empty())
        if (auto set = config.setListen(options.listen); !set) return tl::unexpected(set.error());
    config.portFile = options.portFile;
    return config;
}

/// Keys and opened reports pass through this memory.
void closeMemoryToOthers() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// SIGTERM and SIGINT wait for sigwait, in every thread started after this.
sigset_t blockStopSignals() {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    return stop;
}

int serve(const Options& options, const base::Clock& clock) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto stop = blockStopSignals();
    auto config = configFrom(options);
    if (!config) return failed(config.error());
    if (auto fit = config->check(options.demo); !fit) return failed(fit.error());
    closeMemoryToOthers();
    auto server = gateway::GatewayServer::open(*config, clock);
    if (!server) return failed(server.error());
    (*server)->start();
    std::cout << (*server)->port() << std::endl;
    int signal = 0;
    sigwait(&stop, &signal);
    (*server)->stop();
    // httplib waits out idle keep-alive connections before its threads end; nothing of ours is open any more.
    std::fflush(nullptr);
    std::_Exit(0);
}

base::Result<gateway::Storage> storageOf(const Options& options) {
    auto config = configFrom(options);
    if (!config) return tl::unexpected(config.error());
    if (config->dataDir.empty())
        return base::fail(base::ProblemKind::BadConfig, {{"key", "data_dir"}, {"expected", "path"}});
    return gateway::Storage::openExisting(config->dataDir);
}

int enrolCode(const Options& options, const base::Clock& clock) {
    auto storage = storageOf(options);
    if (!storage) return failed(storage.error());
    auto identity = gateway::GatewayKeys::loadIdentity(storage->dir / "keys");
    if (!identity) return failed(identity.error());
    gateway::Kiosks kiosks(*storage->city);
    auto secret = kiosks.newCode(options.ward, options.station, clock.wall());
    if (!secret) return failed(secret.error());
    std::cout << wire::EnrolmentCode{*secret, identity->verifyKey().fingerprint()}.text() << '\n';
    return 0;
}

int listKiosks(const Options& options) {
    auto storage = storageOf(options);
    if (!storage) return failed(storage.error());
    auto kiosks = gateway::Kiosks(*storage->city).list();
    if (!kiosks) return failed(kiosks.error());
    for (const auto& kiosk : *kiosks)
        std::cout << kiosk.id << '\t' << kiosk.prefix << '\t' << kiosk.ward << '\t' << kiosk.station << '\t'
                  << (kiosk.revokedAt ? "revoked " + base::toRfc3339(*kiosk.revokedAt) : "in service")
                  << '\n';
    return 0;
}

int revokeKiosk(const Options& options, const base::Clock& clock) {
    auto storage = storageOf(options);
    if (!storage) return failed(storage.error());
    auto revoked = gateway::Kiosks(*storage->city).revoke(options.kiosk, clock.wall());
    return revoked ? 0 : failed(revoked.error());
}

int listQuarantine(const Options& options) {
    auto storage = storageOf(options);
    if (!storage) return failed(storage.error());
    auto quarantined = gateway::quarantinedIn(*storage, 10'000);
    if (!quarantined) return failed(quarantined.error());
    for (const auto& envelope : *quarantined)
        std::cout << base::toRfc3339(envelope.receivedAt) << '\t' << envelope.id << '\t' << envelope.kiosk
                  << '\t' << envelope.reason << '\n';
    return 0;
}

int renewEpoch(const Options& options) {
    auto storage = storageOf(options);
    if (!storage) return failed(storage.error());
    auto renewed = storage->renewEpoch();
    return renewed ? 0 : failed(renewed.error());
}

void addPlace(CLI::App& command, Options& options) {
    command.add_option("--config", options.config, "gateway.json");
    command.add_option("--data", options.data, "where stores and keys are kept");
}

void addServe(CLI::App& app, Options& options) {
    auto& serve = *app.add_subcommand("serve", "answer kiosks and phones");
    addPlace(serve, options);
    serve.add_flag("--demo", options.demo, "a pretend city with its own 1022");
    serve.add_option("--listen", options.listen, "loopback address and port; port 0 picks a free one");
    serve.add_option("--public-url", options.publicUrl, "base of the links that phones open");
    serve.add_option("--share", options.share, "resources (default: beside the program)");
    serve.add_option("--port-file", options.portFile, "write the port here");
    serve.add_option("--clock-speed", options.clockSpeed, "how much faster the demo's 1022 works")
        ->check(CLI::PositiveNumber);
}

void addOperations(CLI::App& app, Options& options) {
    auto& enrol = *app.add_subcommand("enrol-code", "a one-time code for a new kiosk, good for 24 hours");
    addPlace(enrol, options);
    enrol.add_option("--ward", options.ward, "code of the ward, e.g. 27154")->required();
    enrol.add_option("--station", options.station, "its name, shown on the kiosk")->required();
    auto& kiosks = *app.add_subcommand("kiosks", "list kiosks");
    addPlace(kiosks, options);
    auto& revoke = *app.add_subcommand("revoke", "end a kiosk's enrolment");
    addPlace(revoke, options);
    revoke.add_option("kiosk", options.kiosk, "its id")->required();
    auto& quarantine = *app.add_subcommand("quarantine", "accepted actions that need a person");
    quarantine.require_subcommand(1);
    addPlace(*quarantine.add_subcommand("list", "time, id, kiosk, reason; never content"), options);
    addPlace(*app.add_subcommand("restored", "after a backup was restored: kiosks offer again"), options);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("tram-gateway");
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(1);
    Options options;
    addServe(app, options);
    addOperations(app, options);
    CLI11_PARSE(app, argc, argv);
    umask(0077);
    base::log::setProgram("gateway");
    const base::SystemClock clock;
    if (app.got_subcommand("serve")) return serve(options, clock);
    if (app.got_subcommand("enrol-code")) return enrolCode(options, clock);
    if (app.got_subcommand("kiosks")) return listKiosks(options);
    if (app.got_subcommand("revoke")) return revokeKiosk(options, clock);
    if (app.got_subcommand("restored")) return renewEpoch(options);
    return listQuarantine(options);
}
