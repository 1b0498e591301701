#include "tool/TypeCommand.h"

#include <iostream>
#include <memory>

#include "typing/TypeLines.h"

namespace tram::tool {

void addTypeCommand(CLI::App& app, Tool& tool) {
    auto options = std::make_shared<typing::Options>();
    CLI::App* command = app.add_subcommand("type", tool.say("tool.help.type"));
    command->add_flag_callback(
        "--vni", [options] { options->method = typing::Method::Vni; }, tool.say("tool.help.type.vni"));
    command->add_flag_callback(
        "--new-style", [options] { options->toneStyle = typing::ToneStyle::New; },
        tool.say("tool.help.type.new_style"));
    command->callback([options] { typing::typeLines(std::cin, std::cout, *options); });
}

}  // namespace tram::tool
