#include "tool/Language.h"

#include <cstdlib>
#include <filesystem>

#include "tool/Tool.h"

namespace tram::tool {

namespace {

/// "--name value" or "--name=value"
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

}  // namespace

std::string languageFor(const std::vector<std::string>& arguments) {
    std::string asked = optionValue(arguments, "--lang");
    const std::string file = optionValue(arguments, "--config");
    if (asked == "vi" || asked == "en") return asked;
    const auto config = device::KioskConfig::load(file.empty() ? "/etc/tram/kiosk.json" : file);
    return config ? config->language : environmentLanguage();
}

base::Result<base::Words> loadWords(const std::string& language) {
    return base::Words::load(shareDirectory() / "locale", language);
}

}  // namespace tram::tool
