#include "tool/Language.h"

#include <filesystem>

#include "tool/Tool.h"
#include "usage/UsageError.h"

namespace tram::tool {

std::string languageFor(const std::vector<std::string>& arguments) {
    std::string asked = usage::optionValue(arguments, "--lang");
    const std::string file = usage::optionValue(arguments, "--config");
    if (asked == "vi" || asked == "en") return asked;
    const auto config = device::KioskConfig::load(file.empty() ? "/etc/tram/kiosk.json" : file);
    return config ? config->language : usage::environmentLanguage();
}

base::Result<base::Words> loadWords(const std::string& language) {
    return base::Words::load(shareDirectory() / "locale", language);
}

}  // namespace tram::tool
