#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "tool/Commands.h"
#include "tool/Harmless.h"
#include "tool/StationLine.h"
#include "wire/DossierCode.h"

namespace tram::tool {

using base::Result;
using CodeVerdict = wire::DossierReading::Verdict;

namespace {

struct DossierOptions {
    bool json = false, readOnly = false;
    std::string gateway;
    std::vector<std::string> codes;
};

/// What a code is read by, and whom to ask about it.
struct DossierDesk {
    wire::DossierPatterns patterns;
    base::SystemClock clock;
    std::unique_ptr<link::GatewayClient> line;  ///< null: nobody
};

Result<void> prepareDesk(Tool& tool, const DossierOptions& options, bool configGiven, DossierDesk& desk) {
    const auto config = device::KioskConfig::load(tool.config);
    if (!config && configGiven) return tl::unexpected(config.error());
    const bool own = config && !config->scan.dossierPatterns.empty();
    auto patterns =
        wire::DossierPatterns::make(own ? config->scan.dossierPatterns : wire::DossierPatterns::usual());
    if (!patterns) return tl::unexpected(patterns.error());
    desk.patterns = std::move(*patterns);
    if (options.readOnly) return {};
    if (!options.gateway.empty())
        desk.line =
            std::make_unique<link::GatewayClient>(options.gateway, httpFor({}), desk.clock, std::nullopt);
    else if (config && device::readEnrolmentAnswer(config->dataDir))
        desk.line = std::make_unique<link::GatewayClient>(config->gatewayUrl, httpFor(config->caFile),
                                                          desk.clock, identityOf(*config));
    return {};
}

/// Words for programs, so in no language.
void printDossier(const wire::DossierReading& reading, const Result<wire::DossierStatus>* status) {
    std::cout << wire::name(reading.verdict);
    if (!reading.code.empty()) std::cout << ' ' << harmless(reading.code);
    if (reading.group != wire::DossierReading::Group::None) std::cout << ' ' << wire::name(reading.group);
    if (reading.elsewhere) std::cout << " elsewhere";
    if (status && *status) {
        std::cout << ' ' << wire::name((*status)->state);
        if (!(*status)->promised.empty()) std::cout << " promised=" << (*status)->promised;
        if ((*status)->workingDays) std::cout << " working_days=" << *(*status)->workingDays;
        std::cout << " as_of=" << (*status)->asOf;
    } else if (status) {
        std::cout << ' ' << base::name(status->error().kind);
    }
    std::cout << '\n';
}

void printDossierJson(const std::string& typed, const wire::DossierReading& reading,
                      const Result<wire::DossierStatus>* status) {
    nlohmann::json line{{"typed", typed},
                        {"verdict", wire::name(reading.verdict)},
                        {"code", reading.code},
                        {"group", wire::name(reading.group)},
                        {"elsewhere", reading.elsewhere}};
    if (status && *status) line["dossier"] = nlohmann::json::parse((*status)->toJson());
    if (status && !*status) line["problem"] = base::name(status->error().kind);
    std::cout << line.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) << '\n';
}

void tellDossiers(Tool& tool, const DossierOptions& options, bool configGiven) {
    DossierDesk desk;
    if (auto ready = prepareDesk(tool, options, configGiven, desk); !ready) return tool.fail(ready.error());
    for (const auto& typed : options.codes) {
        const auto reading = desk.patterns.read(typed);
        const bool whole = reading.verdict == CodeVerdict::Complete;
        std::optional<Result<wire::DossierStatus>> status;
        if (whole && desk.line) status = desk.line->dossier(reading.code);
        const auto* known = status ? &*status : nullptr;
        if (options.json)
            printDossierJson(typed, reading, known);
        else
            printDossier(reading, known);
        if (!whole || (known && !*known)) tool.exitCode = 1;
    }
}

}  // namespace

void addDossierCommand(CLI::App& app, Tool& tool) {
    auto options = std::make_shared<DossierOptions>();
    CLI::App* command = app.add_subcommand("dossier", tool.say("tool.help.dossier"));
    command->add_flag("--json", options->json, tool.say("tool.help.dossier.json"));
    command->add_flag("--read-only", options->readOnly, tool.say("tool.help.dossier.read_only"));
    command->add_option("--gateway", options->gateway, tool.say("tool.help.dossier.gateway"))
        ->type_name("URL");
    command->add_option("code", options->codes, tool.say("tool.help.dossier.codes"))
        ->type_name("CODE")
        ->required();
    const CLI::Option* config = app.get_option("--config");
    command->callback([&tool, options, config] { tellDossiers(tool, *options, config->count() > 0); });
}

}  // namespace tram::tool
