#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/inbox/Inbox.h"

namespace tram::gateway {
namespace {

int list(const Place& place) {
    auto storage = place.storage();
    if (!storage) return failed(storage.error());
    auto quarantined = quarantinedIn(*storage, 10'000);
    if (!quarantined) return failed(quarantined.error());
    for (const auto& envelope : *quarantined)
        std::cout << base::toRfc3339(envelope.receivedAt) << '\t' << envelope.id << '\t' << envelope.kiosk
                  << '\t' << envelope.reason << '\n';
    return 0;
}

}  // namespace

void addQuarantine(Commands& commands) {
    auto place = std::make_shared<Place>();
    auto& group = commands.group("quarantine", "accepted actions that need a person");
    place->addTo(commands.add(group, "list", "time, id, kiosk, reason; never content",
                              [place] { return list(*place); }));
}

}  // namespace tram::gateway
