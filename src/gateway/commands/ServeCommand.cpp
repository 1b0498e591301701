#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <iostream>

#include "base/Log.h"
#include "base/ServiceNotify.h"
#include "gateway/commands/Commands.h"
#include "gateway/demo/DemoCampaigns.h"
#include "gateway/demo/DemoContent.h"
#include "gateway/http/GatewayServer.h"

namespace tram::gateway {
namespace {

using base::Result;

struct ServeOptions {
    Place place;
    bool demo = false;
    std::string share, listen, publicUrl, portFile;
    double clockSpeed = 0;
};

Result<GatewayConfig> configFrom(const ServeOptions& options) {
    auto config = options.place.read(options.demo ? GatewayConfig::demo() : GatewayConfig());
    if (!config) return config;
    if (!options.share.empty()) config->shareDir = options.share;
    if (!options.publicUrl.empty()) config->publicUrl = options.publicUrl;
    if (options.clockSpeed > 0) config->clockSpeed = options.clockSpeed;
    if (!options.listen.empty())
        if (auto set = config->setListen(options.listen); !set) return tl::unexpected(set.error());
    config->portFile = options.portFile;
    return config;
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

/// Until one of the signals; meanwhile the supervisor hears that this process is not stopped. It is no check
/// of the server's threads: busy ones are no reason to kill them.
void serveUntil(const sigset_t& stop) {
    base::notifyService("READY=1");
    const auto interval = base::watchdogInterval().value_or(std::chrono::hours(1));
    const timespec limit{interval.count() / 1000, interval.count() % 1000 * 1000000};
    while (sigtimedwait(&stop, nullptr, &limit) < 0) base::notifyService("WATCHDOG=1");
    base::notifyService("STOPPING=1");
}

/// Pictures and batches have mappings of their own, which end with them. By default glibc takes the size of
/// each one freed for what is common, up to 32 MiB (mallopt(3), M_MMAP_THRESHOLD): later ones would come from
/// the arenas of 160 threads, which hardly ever shrink.
void giveLargeBlocksBack() {
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_ARENA_MAX, 4);
}

/// A demo without what its city publishes is a demo all the same.
void publishFor(const GatewayConfig& demo, base::WallTime now) {
    const auto published = publishDemoContent(demo.dataDir, demo.shareDir / "demo-packs", now);
    if (!published) base::log::problem("demo.content_not_published", published.error());
    if (published && *published) base::log::info("demo.content_published");
}

void planFor(const GatewayConfig& demo, base::WallTime now) {
    auto storage = Storage::openExisting(demo.dataDir);
    const auto planned = storage ? planDemoCampaigns(*storage->city, demo.shareDir / "demo", now)
                                 : base::Result<void>(tl::unexpected(storage.error()));
    if (!planned) base::log::problem("demo.campaigns_not_planned", planned.error());
}

int serve(const ServeOptions& options, const base::Clock& clock) {
    giveLargeBlocksBack();
    std::signal(SIGPIPE, SIG_IGN);
    const auto stop = blockStopSignals();
    auto config = configFrom(options);
    if (!config) return failed(config.error());
    if (auto fit = config->check(options.demo); !fit) return failed(fit.error());
    closeMemoryToOthers();
    auto server = GatewayServer::open(*config, clock);
    if (!server) return failed(server.error());
    if (options.demo) publishFor(*config, clock.wall());
    if (options.demo) planFor(*config, clock.wall());
    if (options.demo)
        std::cerr << "alerts: CAP files dropped into " << (config->dataDir / config->alerts.folder).string()
                  << " are taken; samples are in " << (config->dataDir / "alerts-samples").string() << '\n';
    (*server)->start();
    std::cout << (*server)->port() << std::endl;
    serveUntil(stop);
    (*server)->stop();
    // httplib waits out idle keep-alive connections before its threads end; nothing of ours is open any more.
    std::fflush(nullptr);
    std::_Exit(0);
}

}  // namespace

void addServe(Commands& commands) {
    auto options = std::make_shared<ServeOptions>();
    auto& command = commands.add("serve", "answer kiosks and phones",
                                 [&commands, options] { return serve(*options, commands.clock()); });
    options->place.addTo(command);
    command.add_flag("--demo", options->demo, "a pretend city with its own 1022");
    command.add_option("--listen", options->listen, "loopback address and port; port 0 picks a free one");
    command.add_option("--public-url", options->publicUrl, "base of the links that phones open");
    command.add_option("--share", options->share, "resources (default: beside the program)");
    command.add_option("--port-file", options->portFile, "write the port here");
    command.add_option("--clock-speed", options->clockSpeed, "how much faster the demo's 1022 works")
        ->check(CLI::PositiveNumber);
}

}  // namespace tram::gateway
