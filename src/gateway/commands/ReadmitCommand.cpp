#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/identity/Readmission.h"

namespace tram::gateway {
namespace {

struct ReadmitOptions {
    Place place;
    Kiosk kiosk;
};

int run(const ReadmitOptions& options, const base::Clock& clock, Act& act) {
    act.ofKiosk(options.kiosk.id);
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto done = readmit(*storage->city, options.kiosk, clock.wall());
    if (!done) return failed(done.error());
    std::cout << "kiosk " << options.kiosk.id << " is readmitted: it goes on by itself within minutes\n";
    return 0;
}

}  // namespace

void addReadmit(Commands& commands) {
    auto options = std::make_shared<ReadmitOptions>();
    auto& command = commands.addAct(
        commands.top(), "readmit",
        "a kiosk enrolled after the backup that was restored; see tram enrol --show", options->place,
        Deed::Readmit, [&commands, options](Act& act) { return run(*options, commands.clock(), act); });
    command.add_option("--id", options->kiosk.id, "its id")->required();
    command.add_option("--key", options->kiosk.key, "its public key")->required();
    command.add_option("--prefix", options->kiosk.prefix, "of its tracking codes")->required();
    command.add_option("--ward", options->kiosk.ward, "code of its ward")->required();
    command.add_option("--station", options->kiosk.station, "its name")->required();
}

}  // namespace tram::gateway
