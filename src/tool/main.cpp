#include <CLI/CLI.hpp>

#include "base/Log.h"
#include "tool/Commands.h"
#include "tool/Language.h"
#include "tool/TypeCommand.h"
#include "usage/UsageError.h"

namespace {

using namespace tram;

/// What CLI11 itself says on a page of help.
void wordLabels(CLI::App& app, const tool::Tool& tool) {
    const auto formatter = app.get_formatter();
    formatter->label("Usage", tool.say("tool.help.label.usage"));
    formatter->label("OPTIONS", tool.say("tool.help.label.some_options"));
    formatter->label("SUBCOMMAND", tool.say("tool.help.label.a_command"));
    formatter->label("Positionals", tool.say("tool.help.label.arguments"));
    formatter->label("REQUIRED", tool.say("tool.help.label.required"));
    formatter->label("TEXT", tool.say("tool.help.label.text"));
    app.option_defaults()->group(tool.say("tool.help.label.options"));
    app.group(tool.say("tool.help.label.commands"));
}

/// The flag of a subcommand is made before it inherits the group's name.
void groupHelpFlags(CLI::App& app, const std::string& group) {
    app.get_help_ptr()->group(group);
    for (CLI::App* command : app.get_subcommands({})) groupHelpFlags(*command, group);
}

void addCommonOptions(CLI::App& app, tool::Tool& tool, std::string& language) {
    wordLabels(app, tool);
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
    tool::addScanCommand(app, tool);
    tool::addDossierCommand(app, tool);
    tool::addLogCommand(app, tool);
    tool::addReportCommand(app, tool);
    tool::addCampaignCommand(app, tool);
    tool::addPackCommand(app, tool);
    tool::addSearchCommand(app, tool);
    tool::addAlertCommand(app, tool);
    tool::addGuideCommand(app, tool);
    tool::addSurveyCommand(app, tool);
    tool::addTypeCommand(app, tool);
    groupHelpFlags(app, words.text("tool.help.label.options"));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const auto say = [&](const std::string& key, const base::Words::Values& values) {
            return tool.say(key, values);
        };
        return usage::endOf(error, app, say);
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
