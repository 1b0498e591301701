#include "gateway/demo/DemoContent.h"

#include <algorithm>

#include "base/Files.h"
#include "crypto/FileHash.h"
#include "gateway/content/ContentTake.h"
#include "gateway/content/PackShelf.h"
#include "gateway/storage/RoleKeyFile.h"
#include "pack/PackFile.h"
#include "trust/Documents.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::Result;
using trust::Manifest;
using trust::Role;

constexpr std::chrono::days kRootLives{3650}, kManifestLives{90}, kRenewBefore{30};
constexpr std::size_t kSigners = 2;

Result<crypto::SigningKey> keyIn(const fs::path& dir, const std::string& name) {
    const auto file = dir / (name + ".key");
    if (fs::exists(file)) return crypto::SigningKey::load(file);
    auto key = crypto::SigningKey::generate();
    if (auto saved = key.save(file); !saved) return tl::unexpected(saved.error());
    return key;
}

/// "content-1", "content-2".
Result<std::vector<crypto::SigningKey>> keysOf(const fs::path& dir, Role role) {
    std::vector<crypto::SigningKey> keys;
    for (std::size_t i = 1; i <= kSigners; ++i) {
        auto key = keyIn(dir, std::string(name(role)) + "-" + std::to_string(i));
        if (!key) return tl::unexpected(key.error());
        keys.push_back(std::move(*key));
    }
    return keys;
}

/// Alerts and lists of staff are signed by the gateway itself, with a key of its own for each.
Result<trust::RoleKeys> gatewaysOwn(const fs::path& dataDir, Role role) {
    if (auto made = base::makeDirectories(dataDir / "keys"); !made) return tl::unexpected(made.error());
    auto key = RoleKeyFile(dataDir, name(role).data()).provide("");
    if (!key) return tl::unexpected(key.error());
    return trust::RoleKeys{{std::move(*key)}, 1};
}

template <class Document>
std::string signedBy(const Document& document, const std::vector<crypto::SigningKey>& keys) {
    wire::Cosigned cosigned{std::string(Document::kPayloadType), document.toJson(), {}};
    for (const auto& key : keys) cosigned.sign(key);
    return cosigned.toJson();
}

Result<void> makeRoot(const fs::path& dataDir, const fs::path& dir, const fs::path& file,
                      base::WallTime now) {
    trust::Root root;
    root.version = 1;
    root.signedAt = now;
    root.expires = now + kRootLives;
    std::string bytes;
    for (const auto role : {Role::Alerts, Role::Staff}) {
        auto keys = gatewaysOwn(dataDir, role);
        if (!keys) return tl::unexpected(keys.error());
        root.roles[role] = std::move(*keys);
    }
    for (const auto role : {Role::Content, Role::Root}) {
        const auto keys = keysOf(dir, role);
        if (!keys) return tl::unexpected(keys.error());
        auto& listed = root.roles[role];
        listed.threshold = kSigners;
        for (const auto& key : *keys) listed.keys.push_back(key.verifyKey());
        if (role == Role::Root) bytes = signedBy(root, *keys);  // the last: all roles are in it
    }
    return base::writeFileAtomically(file, bytes);
}

Result<Manifest::Pack> packOf(const fs::path& file) {
    const auto opened = pack::PackFile::open(file);
    if (!opened) return tl::unexpected(opened.error());
    auto hash = crypto::sha256OfFile(file);
    if (!hash) return tl::unexpected(hash.error());
    return Manifest::Pack{opened->about().name, std::move(*hash),
                          static_cast<std::int64_t>(fs::file_size(file))};
}

std::vector<fs::path> packsIn(const fs::path& dir) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(dir, none))
        if (entry.path().extension() == ".pack") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

/// What is in force, if it is ours; version 0 otherwise.
Manifest inForce(const PackShelf& shelf) {
    const auto document = shelf.manifest();
    const auto root = shelf.root(shelf.newestRoot());
    if (!document || !root) return {};
    return trust::openRoot(*root)
        .and_then([&](const trust::Root& trusted) { return trust::openManifest(document->bytes, trusted); })
        .value_or(Manifest());
}

}  // namespace

Result<bool> publishDemoContent(const fs::path& dataDir, const fs::path& packs, base::WallTime now) {
    const auto files = packsIn(packs);
    if (files.empty()) return false;
    const auto signers = dataDir / "demo-signers", root = signers / "root.json",
               content = signers / "content.json";
    const PackShelf shelf(dataDir / "content");
    auto manifest = inForce(shelf);
    std::vector<Manifest::Pack> wanted;
    for (const auto& file : files) {
        auto pack = packOf(file);
        if (!pack) return tl::unexpected(pack.error());
        wanted.push_back(std::move(*pack));
    }
    if (manifest.packs == wanted && now + kRenewBefore < manifest.expires) return false;
    manifest = {manifest.version + 1, now, now + kManifestLives, std::move(wanted)};

    if (auto made = base::makeDirectories(signers); !made) return tl::unexpected(made.error());
    if (!fs::exists(root))
        if (auto made = makeRoot(dataDir, signers, root, now); !made) return tl::unexpected(made.error());
    const auto keys = keysOf(signers, Role::Content);
    if (!keys) return tl::unexpected(keys.error());
    if (auto kept = base::writeFileAtomically(content, signedBy(manifest, *keys)); !kept)
        return tl::unexpected(kept.error());
    ContentOrder order{dataDir / "content", {root, content}, shelf.newestRoot() == 0};
    order.files.insert(order.files.end(), files.begin(), files.end());
    return takeContent(order, now).map([](const ContentTaken&) { return true; });
}

}  // namespace tram::gateway
