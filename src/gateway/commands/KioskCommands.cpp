#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/Kiosks.h"
#include "wire/Enrolment.h"

namespace tram::gateway {
namespace {

struct KioskOptions {
    Place place;
    std::string ward, station, kiosk, replaces, since;
    bool stolen = false;
};

int enrolCode(const KioskOptions& options, const base::Clock& clock, Act& act) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto identity = GatewayKeys::loadIdentity(storage->dir / "keys");
    if (!identity) return failed(identity.error());
    auto secret =
        Kiosks(*storage->city).newCode(options.ward, options.station, clock.wall(), options.replaces);
    if (!secret) return failed(secret.error());
    if (!options.replaces.empty()) act.ofKiosk(options.replaces);
    std::cout << wire::EnrolmentCode{*secret, identity->verifyKey().fingerprint()}.text() << '\n';
    return 0;
}

std::string stateOf(const Kiosk& kiosk) {
    if (kiosk.stolenSince)
        return "stolen since " + base::toRfc3339(*kiosk.stolenSince) + (kiosk.releasedAt ? ", released" : "");
    return kiosk.revokedAt ? "revoked " + base::toRfc3339(*kiosk.revokedAt) : "in service";
}

int list(const KioskOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto kiosks = Kiosks(*storage->city).list();
    if (!kiosks) return failed(kiosks.error());
    for (const auto& kiosk : *kiosks)
        std::cout << kiosk.id << '\t' << kiosk.prefix << '\t' << kiosk.ward << '\t' << kiosk.station << '\t'
                  << stateOf(kiosk) << (kiosk.succeeds.empty() ? "" : "\tafter " + kiosk.succeeds) << '\n';
    return 0;
}

void tellRevoked(const KioskOptions& options, base::WallTime since) {
    std::cout << "kiosk " << options.kiosk << " is revoked: its tokens are void at once";
    if (options.stolen) {
        std::cout << " and what it signed is refused; once it is looked into, let in what is older than "
                  << base::toRfc3339(since) << " by: tram-gateway release " << options.kiosk << '\n';
    } else {
        std::cout << "; what it keeps stays there, and comes once it is enrolled anew with a code of: "
                     "tram-gateway enrol-code\n";
    }
}

int revoke(const KioskOptions& options, const base::Clock& clock, Act& act) {
    act.ofKiosk(options.kiosk);
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto since = clock.wall();
    if (!options.since.empty() && !base::fromRfc3339(options.since, since))
        return failed({base::ProblemKind::OutOfRange, {{"key", "since"}, {"expected", "RFC 3339"}}});
    Kiosks kiosks(*storage->city);
    const auto revoked = options.stolen ? kiosks.markStolen(options.kiosk, since, clock.wall())
                                        : kiosks.revoke(options.kiosk, clock.wall());
    if (!revoked) return failed(revoked.error());
    tellRevoked(options, since);
    return 0;
}

int release(const KioskOptions& options, const base::Clock& clock, Act& act) {
    act.ofKiosk(options.kiosk);
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto released = Kiosks(*storage->city).release(options.kiosk, clock.wall());
    if (!released) return failed(released.error());
    std::cout
        << "kiosk " << options.kiosk
        << " is released: what it had kept before the theft is taken; at the kiosk: tram queue retry --all\n";
    return 0;
}

}  // namespace

void addKiosks(Commands& commands) {
    auto options = std::make_shared<KioskOptions>();
    auto& enrolling = commands.addAct(
        commands.top(), "enrol-code", "a one-time code for a new kiosk, good for 24 hours", options->place,
        Deed::EnrolCode,
        [&commands, options](Act& act) { return enrolCode(*options, commands.clock(), act); });
    enrolling.add_option("--ward", options->ward, "code of the ward, e.g. 27154")->required();
    enrolling.add_option("--station", options->station, "its name, shown on the kiosk")->required();
    enrolling.add_option("--replaces", options->replaces,
                         "id of the kiosk whose kept reports it may bring, when that one's key is lost");
    options->place.addTo(commands.add("kiosks", "list kiosks", [options] { return list(*options); }));
    auto& revoking =
        commands.addAct(commands.top(), "revoke", "end a kiosk's enrolment", options->place, Deed::Revoke,
                        [&commands, options](Act& act) { return revoke(*options, commands.clock(), act); });
    revoking.add_option("kiosk", options->kiosk, "its id")->required();
    auto& stolen = *revoking.add_flag("--stolen", options->stolen, "what it signed is refused from now on");
    revoking.add_option("--since", options->since, "when it was stolen (RFC 3339); default: now")
        ->needs(&stolen);
    auto& releasing = commands.addAct(
        commands.top(), "release", "what a stolen kiosk had kept before the theft may come", options->place,
        Deed::Release, [&commands, options](Act& act) { return release(*options, commands.clock(), act); });
    releasing.add_option("kiosk", options->kiosk, "its id")->required();
}

}  // namespace tram::gateway
