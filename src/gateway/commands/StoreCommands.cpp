#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/storage/Backup.h"

namespace tram::gateway {
namespace {

struct BackupOptions {
    Place place;
    BackupOrder order;
    std::size_t keep = 0;
    std::string from;
};

int backup(BackupOptions& options, const base::Clock& clock) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    if (options.keep > 0) options.order.keep = options.keep;
    options.order.program = TRAM_VERSION;
    const auto done = backUp(*storage, options.order, clock);
    if (!done) return failed(done.error());
    std::cout << done->set.dir.string() << "\tattachments=" << done->attachments
              << "\tmissing=" << done->missing << "\tdamaged=" << done->damaged << "\tpruned=" << done->pruned
              << '\n';
    return done->missing > 0 ? kPicturesMissing : 0;
}

/// There was no store to begin the line in.
void leaveLine(const Place& place, const base::Clock& clock) {
    auto storage = place.storage();
    if (!storage) return;
    if (auto act = Act::begin(*storage->city, Deed::Restore, clock.wall())) act->end(true);
}

int putBack(const BackupOptions& options, const base::Clock& clock) {
    const auto dir = options.place.dataDir();
    if (!dir) return failed(dir.error());
    const auto restored = restore(options.from, *dir);
    if (!restored) return failed(restored.error());
    leaveLine(options.place, clock);
    std::cout << restored->set.dir.string() << "\tbegan=" << base::toRfc3339(restored->set.began)
              << "\tepoch=" << restored->epoch << "\tkeys=" << (restored->keys ? "yes" : "no")
              << "\tmissing=" << restored->missing << '\n';
    return restored->missing > 0 ? kPicturesMissing : 0;
}

int renewEpoch(const BackupOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    // Who serves has told the former epoch to kiosks that are on the line.
    const auto alone = SoleServer::claim(storage->dir, SoleServer::kServing,
                                         "no gateway serving this directory: end it first");
    if (!alone) return failed(alone.error());
    if (auto renewed = storage->renewEpoch(); !renewed) return failed(renewed.error());
    std::cout << "the store has a new epoch: once the gateway is started, kiosks offer again what they still "
                 "have, and nothing is doubled\n";
    return 0;
}

}  // namespace

void addStore(Commands& commands) {
    auto options = std::make_shared<BackupOptions>();
    auto& backing = commands.addAct(
        commands.top(), "backup", "a consistent copy, also beside a gateway that serves", options->place,
        Deed::Backup, [&commands, options](Act&) { return backup(*options, commands.clock()); });
    backing.add_option("--to", options->order.to, "directory of the backups; each gets one of its own")
        ->required();
    backing.add_option("--keep", options->keep, "only so many, the newest")->check(CLI::Range(1, 10'000));
    backing.add_flag("--with-keys", options->order.withKeys, "the keys too: then the backup opens itself");
    auto& restoring = commands.add("restore", "into an empty data directory; kiosks then offer again",
                                   [&commands, options] { return putBack(*options, commands.clock()); });
    options->place.addTo(restoring);
    restoring.add_option("--from", options->from, "a backup, or the directory of them: the newest")
        ->required();
    commands.addAct(commands.top(), "restored",
                    "after another tool put a backup back, before the gateway starts: kiosks offer again",
                    options->place, Deed::Restored, [options](Act&) { return renewEpoch(*options); });
}

}  // namespace tram::gateway
