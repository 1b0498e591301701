#include "usage/UsageError.h"

#include <cstdlib>
#include <iostream>

namespace tram::usage {

namespace {

using Names = std::vector<std::string>;

std::string joined(const Names& names, const char* between) {
    return CLI::detail::join(names, between);
}

/// The command that was being read: "tram queue show".
const CLI::App& innermost(const CLI::App& app) {
    const auto given = app.get_subcommands();
    return given.empty() ? app : innermost(*given.front());
}

std::string fullName(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return parent ? fullName(*parent) + " " + command.get_name() : command.get_name();
}

Names subcommands(const CLI::App& command) {
    Names names;
    for (const CLI::App* sub : command.get_subcommands({})) names.push_back(sub->get_name());
    return names;
}

Names missingOptions(const CLI::App& command) {
    Names names;
    for (const CLI::Option* option : command.get_options())
        if (option->get_required() && option->count() == 0) names.push_back(option->get_name());
    return names;
}

Names ownOptions(const CLI::App& command) {
    Names names;
    for (const CLI::Option* option : command.get_options())
        if (option != command.get_help_ptr()) names.push_back(option->get_name());
    return names;
}

std::string missing(const CLI::App& command, const Say& say) {
    if (command.get_require_subcommand_min() > 0 && command.get_subcommands().empty())
        return say("tool.usage.command_missing", {{"choices", joined(subcommands(command), ", ")}});
    if (const auto names = missingOptions(command); !names.empty())
        return say("tool.usage.option_missing", {{"option", joined(names, ", ")}});
    return say("tool.usage.choose_one", {{"choices", joined(ownOptions(command), ", ")}});
}

/// CLI11 tells the option only as the beginning of its English message: "--lang: fr not in {vi,en}".
std::string optionOf(const CLI::ParseError& error) {
    const std::string message = error.what();
    const auto colon = message.find(':');
    return message.starts_with("-") && colon != std::string::npos ? message.substr(0, colon) : "";
}

std::string wordsFor(const CLI::ParseError& error, const CLI::App& app, const Say& say) {
    // An unknown word also leaves whatever it should have been missing; it is the better news.
    if (const auto unknown = app.remaining(true); !unknown.empty())
        return say("tool.usage.unknown", {{"arguments", joined(unknown, " ")}});
    if (dynamic_cast<const CLI::RequiredError*>(&error)) return missing(innermost(app), say);
    const std::string option = optionOf(error);
    if (option.empty()) return say("tool.usage.other", {});
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
        return say("tool.usage.value_missing", {{"option", option}});
    return say("tool.usage.value_bad", {{"option", option}});
}

}  // namespace

int endOf(const CLI::ParseError& error, const CLI::App& app, const Say& say) {
    if (dynamic_cast<const CLI::Success*>(&error)) return app.exit(error);
    std::cerr << wordsFor(error, app, say) << '\n'
              << say("tool.usage.hint", {{"command", fullName(innermost(app))}}) << '\n';
    return error.get_exit_code();
}

std::string optionValue(const std::vector<std::string>& arguments, const std::string& name) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == name && i + 1 < arguments.size()) return arguments[i + 1];
        if (arguments[i].starts_with(name + "=")) return arguments[i].substr(name.size() + 1);
    }
    return {};
}

std::string environmentLanguage() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value && *value) return std::string_view(value).starts_with("en") ? "en" : "vi";
    }
    return "vi";
}

}  // namespace tram::usage
