#include "gateway/commands/Commands.h"

namespace tram::gateway {
namespace {

int renewEpoch(const Place& place) {
    auto storage = place.storage();
    if (!storage) return failed(storage.error());
    auto renewed = storage->renewEpoch();
    return renewed ? 0 : failed(renewed.error());
}

}  // namespace

void addStore(Commands& commands) {
    auto place = std::make_shared<Place>();
    place->addTo(commands.add("restored", "after a backup was restored: kiosks offer again",
                              [place] { return renewEpoch(*place); }));
}

}  // namespace tram::gateway
