#pragma once
#include <memory>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/connectors/DocumentSource.h"
#include "gateway/connectors/FeedbackConnector.h"
#include "gateway/connectors/Notifier.h"
#include "gateway/content/WardNames.h"
#include "gateway/dossier/DossierDesk.h"
#include "gateway/http/GatewayConfig.h"
#include "gateway/turn/TurnHall.h"

namespace tram::gateway {

/// The city's own systems that the configuration names, or the demo's pretend ones; null for each that it
/// does not.
struct CitySystems {
    std::unique_ptr<FeedbackConnector> connector;
    DossierDesk::Parts dossiers;
    std::unique_ptr<DocumentSource> documents;
    TurnHall::Parts turns;
    std::unique_ptr<Notifier> notifier;

    static base::Result<CitySystems> open(const GatewayConfig& config, const WardNames& wards,
                                          const base::Clock& clock);
};

}  // namespace tram::gateway
