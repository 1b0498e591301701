#include <CLI/CLI.hpp>

#include "base/Log.h"
#include "tool/Commands.h"
#include "tool/Language.h"
#include "tool/TypeCommand.h"
#include "tool/UsageError.h"

namespace {

using namespace tram;

void addCommonOptions(CLI::App& app, tool::Tool& tool, std::string& language) {
    app.fallthrough();  // common options may follow the subcommand; it inherits this, so it comes first
    app.set_help_flag("-h,--help", tool.say("tool.help.help"));
    app.set_version_flag("--version", TRAM_VERSION, tool.say("tool.help.version"));
    app.add_option("--config", tool.config, tool.say("tool.help.config"))->type_name("FILE");
    app.add_option("--lang", language, tool.say("tool.help.lang"))->check(CLI::IsMember({"vi", "en"}));
    app.require_subcommand(1);
}

int run(const base::Words& words, int argc, char** argv) {
    tool::Tool tool{words};
    std::string language;
    CLI::App app{words.text("tool.help.about"), "tram"};
    addCommonOptions(app, tool, language);
    tool::addEnrolCommand(app, tool);
    tool::addQueueCommand(app, tool);
    tool::addDoctorCommand(app, tool);
    tool::addTypeCommand(app, tool);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return tool::endOf(error, app, tool);
    }
    return tool.exitCode;
}

}  // namespace

int main(int argc, char** argv) {
    base::log::setProgram("tram");
    const auto words = tool::loadWords(tool::languageFor({argv + 1, argv + argc}));
    if (words) return run(*words, argc, argv);
    base::log::problem("no_words", words.error());
    return 1;
}
