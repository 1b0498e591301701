#include <iostream>

#include "base/Files.h"
#include "gateway/commands/Commands.h"
#include "gateway/content/ContentTake.h"
#include "gateway/content/PackShelf.h"
#include "trust/Documents.h"

namespace tram::gateway {
namespace {

struct ContentOptions {
    Place place;
    std::vector<std::string> files;
    bool firstRoot = false;
};

void tellRoot(const trust::Root& root) {
    std::cout << "root\t" << root.version << "\texpires " << base::toRfc3339(root.expires) << '\n';
    for (const auto& [role, keys] : root.roles)
        for (const auto& key : keys.keys)
            std::cout << trust::name(role) << '\t' << key.fingerprint() << "\tof which " << keys.threshold
                      << " must sign\n";
}

int show(const ContentOptions& options) {
    const auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const PackShelf shelf(storage->dir / "content");
    const auto bytes = shelf.root(shelf.newestRoot());
    if (!bytes) {
        std::cout << "no root: kiosks have no content; see: tram-gateway content take --first-root\n";
        return 0;
    }
    const auto root = trust::openRoot(*bytes);
    if (!root) return failed(root.error());
    tellRoot(*root);
    const auto document = shelf.manifest();
    if (!document) {
        std::cout << "no manifest\n";
        return 0;
    }
    const auto manifest = trust::openManifest(document->bytes, *root);
    if (!manifest) return failed(manifest.error());
    std::cout << "manifest\t" << manifest->version << "\tsigned " << base::toRfc3339(manifest->signedAt)
              << "\texpires " << base::toRfc3339(manifest->expires) << '\n';
    for (const auto& pack : manifest->packs)
        std::cout << "pack\t" << pack.name << '\t' << pack.bytes << '\t' << pack.sha256 << '\n';
    return 0;
}

int take(const ContentOptions& options, base::WallTime now) {
    const auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto taken = takeContent(
        {storage->dir / "content", {options.files.begin(), options.files.end()}, options.firstRoot}, now);
    if (!taken) return failed(taken.error());
    std::cout << "root " << taken->rootVersion << "\tmanifest " << taken->version << '\t' << taken->roots
              << " new roots\t" << taken->packs << " new packs\t"
              << (taken->manifest ? "kiosks fetch it within minutes" : "no new manifest") << '\n';
    return 0;
}

}  // namespace

void addContent(Commands& commands) {
    auto options = std::make_shared<ContentOptions>();
    auto& group = commands.group("content", "what the city has signed for its kiosks");
    options->place.addTo(commands.add(group, "show", "root, manifest and packs in force",
                                      [options] { return show(*options); }));
    auto& taking = commands.addAct(
        group, "take", "publish signed roots, a manifest and its packs, beside a gateway that serves",
        options->place, Deed::ContentTake,
        [&commands, options](Act&) { return take(*options, commands.clock().wall()); });
    taking.add_option("files", options->files, "root.json, content.json and packs, in any order")->required();
    taking.add_flag("--first-root", options->firstRoot,
                    "the root among them is the city's first: from now on only those that it leads to");
}

}  // namespace tram::gateway
