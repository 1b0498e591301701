#include "tool/TypeCommand.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "typing/TypeLines.h"

namespace tram::tool {

void addTypeCommand(CLI::App& app) {
    auto options = std::make_shared<typing::Options>();
    CLI::App* command =
        app.add_subcommand("type", "turn lines of keystrokes into Vietnamese, as the kiosk does");
    command->add_flag_callback(
        "--vni", [options] { options->method = typing::Method::Vni; }, "VNI instead of Telex");
    command->add_flag_callback(
        "--new-style", [options] { options->toneStyle = typing::ToneStyle::New; }, "hoà instead of hòa");
    command->callback([options] { typing::typeLines(std::cin, std::cout, *options); });
}

}  // namespace tram::tool
