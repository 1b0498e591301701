#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "device/Enrolment.h"
#include "device/ScanHelper.h"
#include "identity/Meant.h"
#include "identity/ScannedLink.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"

namespace tram::tool {

using base::Result;
using identity::ScanRules;

namespace {

struct Options {
    bool json = false;
    std::vector<std::string> files;
};

std::string_view symbologyOf(const sight::Code& code) {
    return code.format == sight::CodeFormat::Qr ? "qr" : "code128";
}

/// What the kiosk would take it for.
identity::Scanned readBy(const ScanRules& rules, const sight::Code& code) {
    return identity::readScanned(code.text.reveal(), rules, base::SystemClock().wall());
}

/// Words for programs, so in no language.
std::string_view kindOf(const sight::Code& code, const ScanRules& rules) {
    return identity::kindName(readBy(rules, code));
}

/// Whether the kiosk would ever have asked for only one of them.
bool wereSeveral(const device::ScanHelper::Seen& seen, const ScanRules& rules) {
    return std::ranges::any_of(seen.together, [&](const auto& numbers) {
        std::vector<identity::Scanned> texts;
        for (const auto& code : seen.codes)
            if (std::ranges::count(numbers, code.number) > 0) texts.push_back(readBy(rules, code));
        return identity::whatIsMeant(std::move(texts)).several;
    });
}

/// A receipt's link that would be known with the configuration of the station that printed it.
bool looksLikeOurs(const sight::Code& code, const ScanRules& rules) {
    const auto parts = identity::linkParts(code.text.reveal());
    return rules.phoneBaseUrl().empty() && kindOf(code, rules) == "unknown" && parts.size() >= 2 &&
           parts[0] == "t" && base::TrackingCode::parse(parts[1]);
}

/// As the station has them. Its links are only known where the enrolment may be read. (As another account
/// than the station's, root too: the pictures may be that one's alone.)
Result<ScanRules> rulesOf(const Tool& tool, const device::KioskConfig& config) {
    ScanRules::Settings settings{.governmentHosts = config.scan.governmentHosts};
    if (!config.scan.dossierPatterns.empty()) settings.dossierPatterns = config.scan.dossierPatterns;
    if (const auto answer = device::readEnrolmentAnswer(config.dataDir))
        settings.phoneBaseUrl = answer->publicUrl;
    else if (answer.error().kind != base::ProblemKind::NotEnrolled)
        std::cerr << tool.say("tool.scan.links_unknown", {{"why", wordsFor(tool.words, answer.error())}})
                  << '\n';
    return ScanRules::make(std::move(settings));
}

/// A file can be read on any machine: without a configuration it is asked what every station knows.
Result<ScanRules> rulesFor(const Tool& tool, bool configGiven) {
    const auto config = device::KioskConfig::load(tool.config);
    if (config) return rulesOf(tool, *config);
    if (configGiven) return tl::unexpected(config.error());
    return ScanRules::make({});
}

void printLines(const std::string& before, const device::ScanHelper::Seen& seen, const ScanRules& rules) {
    if (seen.codes.empty()) std::cout << before << "nothing\n";
    for (const auto& code : seen.codes)
        std::cout << before << kindOf(code, rules) << ' ' << harmless(code.text.reveal()) << '\n';
    if (wereSeveral(seen, rules)) std::cout << before << "several\n";
}

void printJson(const std::string& file, const device::ScanHelper::Seen& seen, const ScanRules& rules) {
    nlohmann::json line{
        {"file", file}, {"codes", nlohmann::json::array()}, {"several", wereSeveral(seen, rules)}};
    for (const auto& code : seen.codes)
        line["codes"].push_back(
            {{"kind", kindOf(code, rules)}, {"symbology", symbologyOf(code)}, {"text", code.text.reveal()}});
    std::cout << line.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) << '\n';
}

void run(Tool& tool, const Options& options, bool configGiven) {
    const auto rules = rulesFor(tool, configGiven);
    if (!rules) return tool.fail(rules.error());
    const device::ScanHelper helper(cameraProgram());
    bool ours = false;
    for (const auto& file : options.files) {
        const auto seen = helper.read(file);
        if (!seen) {
            std::cerr << harmless(file) << ": ";
            tool.fail(seen.error());
        } else if (options.json) {
            printJson(file, *seen, *rules);
        } else {
            printLines(options.files.size() > 1 ? harmless(file) + ": " : "", *seen, *rules);
        }
        std::cout.flush();
        ours |= seen && std::ranges::any_of(seen->codes,
                                            [&](const auto& code) { return looksLikeOurs(code, *rules); });
    }
    if (ours && !configGiven) std::cerr << tool.say("tool.scan.whose_links") << '\n';
}

}  // namespace

void addScanCommand(CLI::App& app, Tool& tool) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("scan", tool.say("tool.help.scan"));
    command->add_flag("--json", options->json, tool.say("tool.help.scan.json"));
    command->add_option("file", options->files, tool.say("tool.help.scan.files"))
        ->type_name("FILE")
        ->required();
    const CLI::Option* config = app.get_option("--config");
    command->callback([&tool, options, config] { run(tool, *options, config->count() > 0); });
}

}  // namespace tram::tool
