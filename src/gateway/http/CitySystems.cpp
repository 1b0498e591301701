#include "gateway/http/CitySystems.h"

#include "gateway/demo/Demo1022.h"
#include "gateway/demo/DemoDocuments.h"
#include "gateway/demo/DemoDossiers.h"
#include "gateway/demo/DemoNotifier.h"
#include "gateway/demo/DemoTurns.h"
#include "gateway/documents/HttpDocuments.h"
#include "gateway/dossier/HttpDossiers.h"
#include "gateway/notice/HttpNotifier.h"
#include "gateway/turn/HttpTurns.h"

namespace tram::gateway {

using base::Result;

namespace {

Result<std::unique_ptr<FeedbackConnector>> connectorFor(const GatewayConfig& config, const WardNames& wards,
                                                        const base::Clock& clock) {
    if (config.connector.empty()) return nullptr;
    auto data = Demo1022Data::load(config.shareDir / "demo", wards);
    if (!data) return tl::unexpected(data.error());
    Demo1022::Rules rules;
    rules.speed = config.clockSpeed;
    auto demo = Demo1022::open(config.dataDir / "demo-1022.db", std::move(*data), rules, clock);
    if (!demo) return tl::unexpected(demo.error());
    return std::unique_ptr<FeedbackConnector>(std::move(*demo));
}

Result<std::unique_ptr<DossierSource>> dossierSourceFor(const GatewayConfig& config,
                                                        const wire::DossierPatterns& patterns,
                                                        const base::Clock& clock) {
    const auto& source = config.dossiers.source;
    if (source.empty()) return nullptr;
    if (source == "demo") {
        auto demo = DemoDossiers::load(config.shareDir / "demo", clock);
        if (!demo) return tl::unexpected(demo.error());
        return std::unique_ptr<DossierSource>(std::move(*demo));
    }
    auto mapping = DossierMapping::load(source);
    if (!mapping) return tl::unexpected(mapping.error());
    return std::unique_ptr<DossierSource>(std::make_unique<HttpDossiers>(std::move(*mapping), patterns));
}

Result<DossierDesk::Parts> dossiersFor(const GatewayConfig& config, const base::Clock& clock) {
    auto patterns = wire::DossierPatterns::make(config.dossiers.patterns);
    if (!patterns) return tl::unexpected(patterns.error());
    auto source = dossierSourceFor(config, *patterns, clock);
    if (!source) return tl::unexpected(source.error());
    auto holidays =
        HolidayFile::open(config.dossiers.holidays.empty() ? config.shareDir / "content" / "holidays.csv"
                                                           : config.dossiers.holidays);
    if (!holidays) return tl::unexpected(holidays.error());
    return DossierDesk::Parts{std::move(*source), std::move(*patterns), std::move(*holidays)};
}

Result<std::unique_ptr<TurnSource>> turnSourceFor(const GatewayConfig& config, const base::Clock& clock) {
    const auto& source = config.turns.source;
    if (source.empty()) return nullptr;
    if (source == "demo") {
        auto demo =
            DemoTurns::open(config.dataDir / "demo-turns.db", config.shareDir / "demo",
                            {.answerAfter = std::chrono::seconds(10), .speed = config.clockSpeed}, clock);
        if (!demo) return tl::unexpected(demo.error());
        return std::unique_ptr<TurnSource>(std::move(*demo));
    }
    auto mapping = TurnMapping::load(source);
    if (!mapping) return tl::unexpected(mapping.error());
    return std::unique_ptr<TurnSource>(std::make_unique<HttpTurns>(std::move(*mapping)));
}

Result<std::unique_ptr<Notifier>> notifierFor(const GatewayConfig& config, const base::Clock& clock) {
    const auto& notifier = config.notices.notifier;
    if (notifier.empty()) return nullptr;
    if (notifier == "demo") {
        auto demo = DemoNotifier::open(config.dataDir / DemoNotifier::kFile, clock);
        if (!demo) return tl::unexpected(demo.error());
        return std::unique_ptr<Notifier>(std::move(*demo));
    }
    auto file = NotifierFile::load(notifier);
    if (!file) return tl::unexpected(file.error());
    return std::unique_ptr<Notifier>(std::make_unique<HttpNotifier>(std::move(*file)));
}

Result<std::unique_ptr<DocumentSource>> documentsFor(const GatewayConfig& config, const base::Clock& clock) {
    if (config.documents.empty()) return nullptr;
    if (config.documents == "demo") {
        auto demo = DemoDocuments::load(config.shareDir / "demo", clock);
        if (!demo) return tl::unexpected(demo.error());
        return std::unique_ptr<DocumentSource>(std::move(*demo));
    }
    auto mapping = DocumentMapping::load(config.documents);
    if (!mapping) return tl::unexpected(mapping.error());
    return std::unique_ptr<DocumentSource>(std::make_unique<HttpDocuments>(std::move(*mapping)));
}

}  // namespace

Result<CitySystems> CitySystems::open(const GatewayConfig& config, const WardNames& wards,
                                      const base::Clock& clock) {
    auto connector = connectorFor(config, wards, clock);
    if (!connector) return tl::unexpected(connector.error());
    auto dossiers = dossiersFor(config, clock);
    if (!dossiers) return tl::unexpected(dossiers.error());
    auto documents = documentsFor(config, clock);
    if (!documents) return tl::unexpected(documents.error());
    auto turns = turnSourceFor(config, clock);
    if (!turns) return tl::unexpected(turns.error());
    auto notifier = notifierFor(config, clock);
    if (!notifier) return tl::unexpected(notifier.error());
    return CitySystems{std::move(*connector),
                       std::move(*dossiers),
                       std::move(*documents),
                       {std::move(*turns), config.turns.rules},
                       std::move(*notifier)};
}

}  // namespace tram::gateway
