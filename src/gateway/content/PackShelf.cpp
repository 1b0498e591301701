#include "gateway/content/PackShelf.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "trust/Documents.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;

/// Differs whenever one of them was replaced: they are only ever renamed into their place.
std::string stampOf(const fs::path& file) {
    struct stat info{};
    if (::stat(file.c_str(), &info) != 0) return "none ";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec) + " ";
}

/// Whoever may write here may replace what is served: who signed it, kiosks ask.
template <class Document>
std::optional<Document> read(const std::string& bytes) {
    const auto cosigned = wire::Cosigned::parse(bytes);
    if (!cosigned) return {};
    auto document = Document::parse(cosigned->payload);
    return document ? std::optional(std::move(*document)) : std::nullopt;
}

void addNames(const std::optional<trust::Manifest>& manifest, std::set<std::string>& named) {
    if (!manifest) return;
    for (const auto& pack : manifest->packs) named.insert(pack.sha256);
}

}  // namespace

fs::path PackShelf::rootFile(const fs::path& dir, int version) {
    return dir / "roots" / (std::to_string(version) + ".json");
}

fs::path PackShelf::packFile(const fs::path& dir, const std::string& sha256) {
    return dir / "packs" / (sha256 + ".pack");
}

void PackShelf::follow() const {
    const auto stamp = stampOf(dir_ / "packs.json") + stampOf(dir_ / "former.json");
    if (stamp == stamp_) return;
    stamp_ = stamp;
    manifest_ = nullptr;
    expires_.reset();
    named_.clear();
    inForce_.clear();
    if (const auto former = base::readFile(dir_ / "former.json", trust::kMaxDocument))
        addNames(read<trust::Manifest>(*former), named_);
    auto bytes = base::readFile(dir_ / "packs.json", trust::kMaxDocument);
    if (!bytes) return;
    const auto manifest = read<trust::Manifest>(*bytes);
    addNames(manifest, inForce_);
    named_.insert(inForce_.begin(), inForce_.end());
    if (manifest) expires_ = manifest->expires;
    auto etag = '"' + crypto::sha256Hex(crypto::view(*bytes)).substr(0, 32) + '"';
    manifest_ = std::make_shared<Document>(Document{std::move(*bytes), std::move(etag)});
}

std::shared_ptr<const PackShelf::Document> PackShelf::manifest() const {
    const std::lock_guard lock(mutex_);
    follow();
    return manifest_;
}

std::optional<fs::path> PackShelf::pack(const std::string& sha256) const {
    const std::lock_guard lock(mutex_);
    follow();
    if (!named_.contains(sha256)) return {};
    return packFile(dir_, sha256);
}

std::vector<fs::path> PackShelf::packs() const {
    const std::lock_guard lock(mutex_);
    follow();
    std::vector<fs::path> files;
    for (const auto& sha256 : inForce_) files.push_back(packFile(dir_, sha256));
    return files;
}

std::optional<std::string> PackShelf::root(int version) const {
    auto bytes = base::readFile(rootFile(dir_, version), trust::kMaxDocument);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

PackShelf::Ends PackShelf::ends() const {
    Ends ends;
    const auto bytes = root(newestRoot());
    if (const auto newest = bytes ? read<trust::Root>(*bytes) : std::nullopt) ends.root = newest->expires;
    const std::lock_guard lock(mutex_);
    follow();
    ends.manifest = expires_;
    return ends;
}

int PackShelf::newestRoot() const {
    int newest = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(dir_ / "roots", none)) {
        const auto name = entry.path().stem().string();
        const bool isNumber = !name.empty() && name.size() <= 9 &&
                              std::ranges::all_of(name, [](char c) { return '0' <= c && c <= '9'; });
        if (isNumber && entry.path().extension() == ".json") newest = std::max(newest, std::stoi(name));
    }
    return newest;
}

}  // namespace tram::gateway
