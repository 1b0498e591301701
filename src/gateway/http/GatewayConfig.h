#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "gateway/alerts/AlertConfig.h"
#include "gateway/fleet/StaffPublisher.h"
#include "gateway/inbox/Erasure.h"
#include "gateway/notice/DossierWatch.h"
#include "gateway/rating/Ratings.h"
#include "gateway/survey/SurveyBatches.h"
#include "gateway/turn/TurnHall.h"
#include "wire/Directions.h"
#include "wire/DossierCode.h"

namespace tram::gateway {

/// /etc/tram/gateway.json; the command line stands above it. docs/OPERATING.md explains every key.
struct GatewayConfig {
    std::filesystem::path dataDir, shareDir, portFile;
    std::string host = "127.0.0.1";
    int port = 0;           ///< 0: a free one
    std::string publicUrl;  ///< base of phone links; "" is allowed in a demo only
    std::string connector;  ///< "demo-1022", or "" while there is none: reports then wait
    /// A profile file (provider/ProviderProfile.h); in a demo "demo-vneid" or "demo-vneid-app"; "" while
    /// nobody can log in.
    std::string identityProvider;
    bool operationsPage = false;  ///< /dashboard for other addresses than loopback
    double clockSpeed = 1;        ///< of the demo's 1022
    struct Budgets {
        int missesPerAddress = 30, missesPerPrefix = 120, missesPerKiosk = 300, enrolmentsPerAddress = 20,
            userCodesPerAddress = 30, userCodesPerSite = 120;
        std::chrono::seconds window{3600};
    } budgets;
    std::size_t kioskQuota = 1u << 30;
    Retention retention;  ///< all three, or only a demo starts: how long people's data is kept is not ours to
                          ///< invent

    std::optional<std::chrono::hours> loginHours;  ///< how long it is kept that somebody logged in somewhere

    SurveyBatches::Rule surveys;
    Ratings::Rule ratings;
    std::string directionsLink{wire::kDirectionsLink};  ///< on an entry's own page

    AlertConfig alerts;

    struct Dossiers {
        std::string source;  ///< a mapping file (dossier/DossierMapping.h), "demo", or "" for none
        std::filesystem::path holidays;  ///< "": what comes with the program (content/holidays.csv)
        std::vector<std::string> patterns = wire::DossierPatterns::usual();
    } dossiers;

    struct Turns {
        std::string source;  ///< a mapping file (turn/TurnMapping.h), "demo", or "" for none
        TurnHall::Rules rules;
    } turns;

    struct Notices {
        std::string notifier;   ///< a file (notice/HttpNotifier.h), "demo", or "" for none
        bool daysSaid = false;  ///< how long a dossier is watched is not ours to invent
        DossierWatch::Rules rules;
    } notices;
    bool demoStaff = false;
    std::chrono::hours staffListLife =
        StaffPublisher::kUsualLife;  ///< how long a station knows who may sign in
    std::string documents;           ///< a mapping file (documents/HttpDocuments.h), "demo", or "" for none

    /// A pretend city for one machine: everything open that may be, budgets that nobody playing with it uses
    /// up.
    static GatewayConfig demo();
    /// publicUrl without the slash it may end in.
    std::string phoneUrl() const;
    /// Reads the file over what stands in `config`. BadConfig with facts key and expected, or line and
    /// expected when it is no JSON; unknown keys are refused.
    static base::Result<void> read(const std::filesystem::path& file, GatewayConfig& config);
    /// "127.0.0.1:8023" into host and port.
    base::Result<void> setListen(const std::string& text);
    /// BadConfig for what must not be left out or open.
    base::Result<void> check(bool demo) const;
};

}  // namespace tram::gateway
