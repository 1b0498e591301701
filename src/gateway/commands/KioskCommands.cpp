#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/Kiosks.h"
#include "wire/Enrolment.h"

namespace tram::gateway {
namespace {

struct Options {
    Place place;
    std::string ward, station, kiosk;
};

int enrolCode(const Options& options, const base::Clock& clock) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto identity = GatewayKeys::loadIdentity(storage->dir / "keys");
    if (!identity) return failed(identity.error());
    auto secret = Kiosks(*storage->city).newCode(options.ward, options.station, clock.wall());
    if (!secret) return failed(secret.error());
    std::cout << wire::EnrolmentCode{*secret, identity->verifyKey().fingerprint()}.text() << '\n';
    return 0;
}

int list(const Options& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto kiosks = Kiosks(*storage->city).list();
    if (!kiosks) return failed(kiosks.error());
    for (const auto& kiosk : *kiosks)
        std::cout << kiosk.id << '\t' << kiosk.prefix << '\t' << kiosk.ward << '\t' << kiosk.station << '\t'
                  << (kiosk.revokedAt ? "revoked " + base::toRfc3339(*kiosk.revokedAt) : "in service")
                  << '\n';
    return 0;
}

int revoke(const Options& options, const base::Clock& clock) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto revoked = Kiosks(*storage->city).revoke(options.kiosk, clock.wall());
    return revoked ? 0 : failed(revoked.error());
}

}  // namespace

void addKiosks(Commands& commands) {
    auto options = std::make_shared<Options>();
    auto& enrolling = commands.add("enrol-code", "a one-time code for a new kiosk, good for 24 hours",
                                   [&commands, options] { return enrolCode(*options, commands.clock()); });
    options->place.addTo(enrolling);
    enrolling.add_option("--ward", options->ward, "code of the ward, e.g. 27154")->required();
    enrolling.add_option("--station", options->station, "its name, shown on the kiosk")->required();
    options->place.addTo(commands.add("kiosks", "list kiosks", [options] { return list(*options); }));
    auto& revoking = commands.add("revoke", "end a kiosk's enrolment",
                                  [&commands, options] { return revoke(*options, commands.clock()); });
    options->place.addTo(revoking);
    revoking.add_option("kiosk", options->kiosk, "its id")->required();
}

}  // namespace tram::gateway
