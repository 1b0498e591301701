#include "ui/screens/HomeServices.h"

#include "ui/screens/CityGroupsScreen.h"
#include "ui/screens/CityListScreen.h"
#include "ui/screens/CityParts.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/GuidesScreen.h"
#include "ui/screens/NearbyScreen.h"
#include "ui/screens/RatingsScreen.h"

namespace tram::screens {

void openService(Host& host, const HomeService& service) {
    const std::string_view id = service.id;
    if (id == "feedback") return openFeedback(host);
    if (id == "dossier") return host.open(std::make_unique<DossierScreen>(host));
    if (id == "install") return host.open(std::make_unique<GuidesScreen>(host));
    if (id == "procedures") return host.open(std::make_unique<CityListScreen>(host, "procedure"));
    if (id == "news")
        return openKinds(host, {"news", "survey"}, [&host] { return host.tr("home.tile.news"); });
    if (id == "nearby") return host.open(std::make_unique<NearbyScreen>(host));
    if (id == "all") return host.open(std::make_unique<CityGroupsScreen>(host));
    if (id == "rating") return host.open(std::make_unique<RatingsScreen>(host));
}

}  // namespace tram::screens
