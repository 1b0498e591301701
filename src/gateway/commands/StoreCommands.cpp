#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/storage/Backup.h"

namespace tram::gateway {
namespace {

struct BackupOptions {
    Place place;
    BackupOrder order;
    std::size_t keep = 0;
    std::string from, data;
};

int backup(BackupOptions& options, const base::Clock& clock) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    if (options.keep > 0) options.order.keep = options.keep;
    options.order.program = TRAM_VERSION;
    const auto done = backUp(*storage, options.order, clock);
    if (!done) return failed(done.error());
    std::cout << done->set.dir.string() << "\tattachments=" << done->attachments
              << "\tmissing=" << done->missing << "\tpruned=" << done->pruned << '\n';
    return 0;
}

int putBack(const BackupOptions& options) {
    const auto restored = restore(options.from, options.data);
    if (!restored) return failed(restored.error());
    std::cout << restored->set.dir.string() << "\tbegan=" << base::toRfc3339(restored->set.began)
              << "\tepoch=" << restored->epoch << "\tkeys=" << (restored->keys ? "yes" : "no") << '\n';
    return 0;
}

int renewEpoch(const BackupOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    auto renewed = storage->renewEpoch();
    return renewed ? 0 : failed(renewed.error());
}

}  // namespace

void addStore(Commands& commands) {
    auto options = std::make_shared<BackupOptions>();
    auto& backing = commands.add("backup", "a consistent copy, also beside a gateway that serves",
                                 [&commands, options] { return backup(*options, commands.clock()); });
    options->place.addTo(backing);
    backing.add_option("--to", options->order.to, "directory of the backups; each gets one of its own")
        ->required();
    backing.add_option("--keep", options->keep, "only so many, the newest")->check(CLI::Range(1, 10'000));
    backing.add_flag("--with-keys", options->order.withKeys, "the keys too: then the backup opens itself");
    auto& restoring = commands.add("restore", "into an empty data directory; kiosks then offer again",
                                   [options] { return putBack(*options); });
    restoring.add_option("--from", options->from, "a backup, or the directory of them: the newest")
        ->required();
    restoring.add_option("--data", options->data, "the data directory to be")->required();
    options->place.addTo(commands.add("restored", "after another tool put a backup back: kiosks offer again",
                                      [options] { return renewEpoch(*options); }));
}

}  // namespace tram::gateway
