#include <iostream>

#include "base/Files.h"
#include "crypto/PassphraseBox.h"
#include "gateway/commands/Commands.h"
#include "gateway/commands/Passphrase.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/KeyEscrow.h"
#include "gateway/storage/FileCopy.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;
using base::WallTime;

struct KeyOptions {
    Place place;
    std::string file, passphraseFile, key;
};

Result<fs::path> keysOf(const KeyOptions& options) {
    const auto storage = options.place.storage();
    if (!storage) return tl::unexpected(storage.error());
    return storage->dir / "keys";
}

/// Where keys are brought back there may be no store yet: only the directory has to be right.
Result<fs::path> keysToFill(const KeyOptions& options) {
    const auto dir = options.place.dataDir();
    if (!dir) return dir;
    std::error_code ignored;
    if (!fs::is_directory(*dir, ignored))
        return base::fail(ProblemKind::FileMissing,
                          {{"path", dir->string()}, {"expected", "the gateway's data directory"}});
    return *dir / "keys";
}

const char* stateOf(const SealingRing::Entry& entry, WallTime now) {
    if (!entry.key) return "lost";
    if (entry.retiredAt) return "retired";
    if (now < entry.notBefore) return "next";
    return now < entry.notAfter ? "in_force" : "run_out";
}

std::string daysLeft(const SealingRing::Entry& entry, WallTime now) {
    return std::to_string(std::chrono::floor<std::chrono::days>(entry.notAfter - now).count()) + " days";
}

int list(const KeyOptions& options, WallTime now) {
    const auto dir = keysOf(options);
    if (!dir) return failed(dir.error());
    const auto identity = GatewayKeys::loadIdentity(*dir);
    if (!identity) return failed(identity.error());
    const auto ring = SealingRing::load(*dir);
    if (!ring) return failed(ring.error());
    std::cout << "identity\t" << identity->verifyKey().fingerprint() << '\n'
              << "told\t" << ring->version << '\t' << base::toRfc3339(ring->issuedAt) << '\n';
    for (const auto& entry : ring->entries)
        std::cout << "sealing\t" << entry.id << '\t' << stateOf(entry, now) << '\t'
                  << base::toRfc3339(entry.notBefore) << '\t' << base::toRfc3339(entry.notAfter) << '\t'
                  << daysLeft(entry, now) << '\t'
                  << (entry.escrowedAt ? "escrowed " + base::toRfc3339(*entry.escrowedAt) : "NOT ESCROWED")
                  << '\n';
    return 0;
}

/// Reads the ring, lets `change` do its work, tells kiosks what is new, writes it; nobody else meanwhile.
template <class Change>
Result<void> changeRing(const fs::path& dir, WallTime now, Change change) {
    const auto held = KeyLock::take(dir);
    if (!held) return tl::unexpected(held.error());
    auto ring = SealingRing::load(dir);
    if (!ring) return tl::unexpected(ring.error());
    if (Result<void> changed = change(*ring); !changed) return changed;
    ring->issue(now);
    return ring->save(dir);
}

int rotate(const KeyOptions& options, WallTime now, Act& act) {
    const auto dir = keysOf(options);
    if (!dir) return failed(dir.error());
    std::string id;
    const auto rotated = changeRing(*dir, now, [&](SealingRing& ring) -> Result<void> {
        auto added = ring.add(*dir, now, now + GatewayKeys::kSealingValidity);
        if (!added) return tl::unexpected(added.error());
        id = std::move(*added);
        return {};
    });
    if (!rotated) return failed(rotated.error());
    act.ofKey(id);
    std::cout << id << "\tin_force\tNOT ESCROWED\n";
    return 0;
}

Result<void> retireIn(SealingRing& ring, const std::string& id, WallTime now) {
    auto* entry = ring.find(id);
    if (!entry) return base::fail(ProblemKind::NotFound);
    if (!entry->retiredAt) entry->retiredAt = now;
    if (ring.newestInForce(now)) return {};
    return base::fail(ProblemKind::Conflict, {{"expected", "another key in force: rotate first"}});
}

int retire(const KeyOptions& options, WallTime now, Act& act) {
    act.ofKey(options.key);
    const auto dir = keysOf(options);
    if (!dir) return failed(dir.error());
    const auto retired =
        changeRing(*dir, now, [&](SealingRing& ring) { return retireIn(ring, options.key, now); });
    if (!retired) return failed(retired.error());
    std::cout << "sealing key " << options.key
              << " is retired: kiosks seal to the other ones from their next session on, and it goes on "
                 "opening what "
                 "was sealed to it; see: tram-gateway keys list\n";
    return 0;
}

/// What was written is read again from where it lies, and opened: an escrow nobody has tried is a hope.
Result<void> writeVerified(const fs::path& file, const KeyEscrow& escrow,
                           const base::SecretText& passphrase) {
    const auto plain = escrow.text();
    const auto box = crypto::PassphraseBox::lock(plain, passphrase);
    if (!box) return tl::unexpected(box.error());
    if (auto written = base::writeFileAtomically(file, *box, 0600); !written) return written;
    const auto again = base::readFile(file);
    if (!again) return tl::unexpected(again.error());
    const auto opened = crypto::PassphraseBox::unlock(*again, passphrase);
    if (!opened) return tl::unexpected(opened.error());
    if (opened->reveal() != plain.reveal())
        return base::fail(ProblemKind::FileUnreadable, {{"path", file.string()}});
    return KeyEscrow::parse(*opened).map([](const KeyEscrow&) {});
}

/// Neither over what is there, be it keys, an older escrow or a device, nor among the gateway's own files.
Result<void> requireNewFile(const fs::path& file, const fs::path& dataDir) {
    const auto refused = [&](const char* expected) {
        return base::fail(ProblemKind::Conflict, {{"path", file.string()}, {"expected", expected}});
    };
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(file, ignored))) return refused("a file that is not there yet");
    if (file.filename().empty()) return refused("the name of a file");
    if (isWithin(file, dataDir)) return refused("outside the data directory");
    return {};
}

int exportKeys(const KeyOptions& options, WallTime now, Act&) {
    const auto dir = keysOf(options);
    if (!dir) return failed(dir.error());
    if (auto fit = requireNewFile(options.file, dir->parent_path()); !fit) return failed(fit.error());
    const auto passphrase = readPassphrase(options.passphraseFile, true);
    if (!passphrase) return failed(passphrase.error());
    const auto escrow = KeyEscrow::gather(*dir);
    if (!escrow) return failed(escrow.error());
    if (auto written = writeVerified(options.file, *escrow, *passphrase); !written)
        return failed(written.error());
    if (auto remembered = escrow->remember(*dir, now); !remembered) return failed(remembered.error());
    std::cout << options.file << "\tread back\tidentity " << escrow->identity.verifyKey().fingerprint()
              << '\t' << escrow->sealing.size() << " sealing\n";
    return 0;
}

/// Another gateway's keys would open nothing of what lies there, and no kiosk would believe it again.
Result<void> requireOurs(const KeyEscrow& escrow, const fs::path& dataDir) {
    if (!Storage::standsIn(dataDir)) return {};
    auto storage = Storage::openExisting(dataDir);
    return storage ? storage->requireIdentity(escrow.identity.verifyKey().text())
                   : tl::unexpected(storage.error());
}

int importKeys(const KeyOptions& options, WallTime now, Act&) {
    const auto dir = keysToFill(options);
    if (!dir) return failed(dir.error());
    const auto box = base::readFile(options.file);
    if (!box) return failed(box.error());
    const auto passphrase = readPassphrase(options.passphraseFile, false);
    if (!passphrase) return failed(passphrase.error());
    const auto opened = crypto::PassphraseBox::unlock(*box, *passphrase);
    if (!opened) return failed(opened.error());
    const auto escrow = KeyEscrow::parse(*opened);
    if (!escrow) return failed(escrow.error());
    if (auto ours = requireOurs(*escrow, dir->parent_path()); !ours) return failed(ours.error());
    const auto returned = escrow->restore(*dir, now);
    if (!returned) return failed(returned.error());
    std::cout << "identity " << escrow->identity.verifyKey().fingerprint() << '\t' << *returned
              << " brought back\n";
    return 0;
}

}  // namespace

void addKeys(Commands& commands) {
    auto options = std::make_shared<KeyOptions>();
    auto& group = commands.group("keys", "the gateway's identity and sealing keys");
    auto& listing = commands.add(group, "list", "state, validity and escrow of each", [&commands, options] {
        closeMemoryToOthers();
        return list(*options, commands.clock().wall());
    });
    options->place.addTo(listing);
    const auto add = [&](const char* name, const char* help, Deed deed,
                         int (*work)(const KeyOptions&, WallTime, Act&)) -> CLI::App& {
        return commands.addAct(group, name, help, options->place, deed, [&commands, options, work](Act& act) {
            closeMemoryToOthers();
            return work(*options, commands.clock().wall(), act);
        });
    };
    add("rotate", "a new sealing key, in force at once; old ones go on opening", Deed::KeysRotate, rotate);
    add("retire", "kiosks are no longer told of it; it goes on opening", Deed::KeysRetire, retire)
        .add_option("key", options->key, "its id")
        ->required();
    auto& exporting = add("export", "all keys, locked by a passphrase, to a file that is then tried",
                          Deed::KeysExport, exportKeys);
    exporting.add_option("--to", options->file, "the file")->required();
    auto& importing =
        add("import", "bring back from such a file what is missing here", Deed::KeysImport, importKeys);
    importing.add_option("--from", options->file, "the file")->required();
    for (auto* command : {&exporting, &importing})
        command->add_option("--passphrase-file", options->passphraseFile,
                            "its first line (mode 0600); default: asked for");
}

}  // namespace tram::gateway
