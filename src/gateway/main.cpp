#include <sys/stat.h>

#include "base/Log.h"
#include "gateway/commands/Commands.h"
#include "usage/UsageError.h"

int main(int argc, char** argv) {
    using namespace tram;
    CLI::App app("", "tram-gateway");
    std::string language;
    app.fallthrough();  // --lang may follow the subcommand; it inherits this, so it comes first
    app.add_option("--lang", language, "of what it says when something is wrong: vi or en")
        ->check(CLI::IsMember({"vi", "en"}));
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
    gateway::addReports(commands);
    gateway::addCampaigns(commands);
    gateway::addNotices(commands);
    gateway::addRatings(commands);
    gateway::addRights(commands);
    gateway::addLogs(commands);
    gateway::addStaff(commands);
    const auto asked = usage::optionValue({argv + 1, argv + argc}, "--lang");
    gateway::speak(asked == "vi" || asked == "en" ? asked : usage::environmentLanguage());
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return gateway::failed(error, app);
    }
    umask(0077);
    base::log::setProgram("gateway");
    return commands.run();
}
