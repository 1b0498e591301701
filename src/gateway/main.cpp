#include <sys/stat.h>

#include "base/Log.h"
#include "gateway/commands/Commands.h"

int main(int argc, char** argv) {
    using namespace tram;
    CLI::App app("tram-gateway");
    app.set_version_flag("--version", TRAM_VERSION);
    app.require_subcommand(1);
    const base::SystemClock clock;
    gateway::Commands commands(app, clock);
    gateway::addServe(commands);
    gateway::addKiosks(commands);
    gateway::addKeys(commands);
    gateway::addQuarantine(commands);
    gateway::addReadmit(commands);
    gateway::addStore(commands);
    gateway::addErasure(commands);
    gateway::addContent(commands);
    gateway::addAlerts(commands);
    gateway::addSurveys(commands);
    CLI11_PARSE(app, argc, argv);
    umask(0077);
    base::log::setProgram("gateway");
    return commands.run();
}
