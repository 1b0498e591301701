#include "content/PackStore.h"

#include <sys/stat.h>

#include <set>

#include "base/Disk.h"
#include "base/Files.h"
#include "trust/Documents.h"
#include "wire/PinnedRoot.h"

namespace tram::content {

namespace fs = std::filesystem;
using base::fail;
using base::ProblemKind;
using base::Result;
using trust::Manifest;
using trust::Trust;

namespace {

std::string stampOf(const fs::path& file) {
    struct stat info{};
    if (::stat(file.c_str(), &info) != 0) return "none\n";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec) + "\n";
}

void addNames(const std::optional<Manifest>& manifest, std::set<std::string>& names) {
    if (!manifest) return;
    for (const auto& pack : manifest->packs) names.insert({pack.sha256 + ".pack", pack.sha256 + ".part"});
}

}  // namespace

PackStore::PackStore(const fs::path& dataDir, const crypto::VerifyKey& gatewayKey)
    : dir_(dataDir / "city" / gatewayKey.fingerprint()), gatewayKey_(gatewayKey) {}

Result<Trust> PackStore::trust() const {
    const auto pin = base::readFile(dir_ / "pin.json", wire::PinnedRoot::kMaxBytes);
    if (!pin) return tl::unexpected(pin.error());
    const auto root = wire::PinnedRoot::open(*pin, gatewayKey_);
    if (!root) return tl::unexpected(root.error());
    return Trust::open(dir_, *root);
}

Result<void> PackStore::pin(std::string_view signedRoot) {
    if (trust()) return {};
    const auto root = wire::PinnedRoot::open(signedRoot, gatewayKey_).and_then([](const std::string& text) {
        return trust::openRoot(text);
    });
    if (!root) return tl::unexpected(root.error());
    if (auto made = base::makeDirectories(dir_ / "packs"); !made) return made;
    return base::writeFileAtomically(dir_ / "pin.json", signedRoot);
}

std::optional<Manifest> PackStore::former(const Trust& trust) const {
    const auto bytes = base::readFile(dir_ / "former.json", trust::kMaxDocument);
    if (!bytes) return {};
    auto manifest = trust::openManifest(*bytes, trust.root());
    return manifest ? std::optional(std::move(*manifest)) : std::nullopt;
}

std::optional<PackStore::Current> PackStore::currentOf(const Manifest& manifest) const {
    Current current;
    current.version = manifest.version;
    current.signedAt = manifest.signedAt;
    current.expires = manifest.expires;
    for (const auto& pack : manifest.packs) {
        if (!has(pack)) return {};
        current.packs.push_back({pack.name, pack.sha256, fileOf(pack)});
    }
    return current;
}

Result<PackStore::Current> PackStore::current(base::WallTime now) const {
    const auto trust = this->trust();
    if (!trust) return tl::unexpected(trust.error());
    const auto& inForce = trust->content();
    auto current = inForce ? currentOf(*inForce) : std::nullopt;
    const bool former = !current;
    if (const auto before = former ? this->former(*trust) : std::nullopt) current = currentOf(*before);
    if (!current) return fail(ProblemKind::FileMissing, {{"path", (dir_ / "content.json").string()}});
    current->former = former;
    current->expired = current->expires <= trust->trustedTime(now);
    return std::move(*current);
}

std::vector<fs::path> PackStore::packsNamed() const {
    std::vector<fs::path> files;
    const auto trust = this->trust();
    if (!trust) return files;
    for (const auto& manifest : {trust->content(), former(*trust)})
        if (manifest)
            for (const auto& pack : manifest->packs) files.push_back(fileOf(pack));
    return files;
}

std::string PackStore::rootStamp() const {
    return stampOf(dir_ / "pin.json") + stampOf(dir_ / "root.json");
}

std::string PackStore::stamp() const {
    auto stamp = rootStamp() + stampOf(dir_ / "content.json") + stampOf(dir_ / "former.json");
    if (stamp != named_.documents) named_ = {stamp, packsNamed()};
    for (const auto& file : named_.packs) stamp += stampOf(file);
    return stamp;
}

bool PackStore::has(const Manifest::Pack& pack) const {
    std::error_code missing;
    const auto file = fileOf(pack);
    return fs::is_regular_file(fs::symlink_status(file, missing)) &&
           fs::file_size(file, missing) == static_cast<std::uintmax_t>(pack.bytes);
}

fs::path PackStore::fileOf(const Manifest::Pack& pack) const {
    return dir_ / "packs" / (pack.sha256 + ".pack");
}

fs::path PackStore::partOf(const Manifest::Pack& pack) const {
    return dir_ / "packs" / (pack.sha256 + ".part");
}

/// The former one first: broken off in between, both are the same, and nothing has been removed yet.
Result<bool> PackStore::put(Trust& trust, std::string_view manifest, base::WallTime now) {
    if (const auto fit = trust.judgeContent(manifest, now); !fit) return tl::unexpected(fit.error());
    const auto inForce = base::readFile(dir_ / "content.json", trust::kMaxDocument);
    if (inForce && trust.content() && *inForce != manifest && currentOf(*trust.content()))
        if (auto kept = base::writeFileAtomically(dir_ / "former.json", *inForce); !kept)
            return tl::unexpected(kept.error());
    return trust.takeContent(manifest, now);
}

void PackStore::tidy(const Manifest& coming) const {
    const auto trust = this->trust();
    if (!trust) return;  // what cannot be told apart stays
    std::set<std::string> wanted;
    addNames(coming, wanted);
    addNames(trust->content(), wanted);
    addNames(former(*trust), wanted);
    std::error_code wrong;
    for (const auto& entry : fs::directory_iterator(dir_ / "packs", wrong))
        if (!wanted.contains(entry.path().filename().string())) base::disk().unlink(entry.path());
}

}  // namespace tram::content
