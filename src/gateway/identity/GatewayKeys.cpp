#include "gateway/identity/GatewayKeys.h"

#include <sys/stat.h>

#include <map>
#include <mutex>

#include "base/Files.h"
#include "base/Log.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;
using base::WallTime;

Result<crypto::SigningKey> loadOrGenerate(const fs::path& path) {
    if (fs::exists(fs::symlink_status(path))) return crypto::SigningKey::load(path);
    auto key = crypto::SigningKey::generate();
    if (auto saved = key.save(path); !saved) return tl::unexpected(saved.error());
    return key;
}

/// With what to do about it, as only `serve` sees it.
Result<crypto::SigningKey> loadOurs(const fs::path& path) {
    auto key = crypto::SigningKey::load(path);
    if (key || key.error().kind == ProblemKind::KeyExposed) return key;
    auto problem = key.error();
    std::erase_if(problem.facts, [](const auto& fact) { return fact.first == "expected"; });
    problem.facts.emplace_back("expected", "this gateway's key; bring it back: tram-gateway keys import");
    return tl::unexpected(std::move(problem));
}

/// Differs whenever sealing.json was replaced: it is only ever renamed into its place.
std::string stampOf(const fs::path& dir) {
    struct stat info{};
    if (::stat((dir / "sealing.json").c_str(), &info) != 0) return "none";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec);
}

std::shared_ptr<const GatewayKeys::Statement> told(const SealingRing& ring,
                                                   const crypto::SigningKey& identity) {
    auto bytes = ring.statement().sign(identity);
    auto etag = '"' + crypto::sha256Hex(crypto::view(bytes)).substr(0, 32) + '"';
    return std::make_shared<GatewayKeys::Statement>(
        GatewayKeys::Statement{std::move(bytes), std::move(etag)});
}

}  // namespace

fs::path identityFile(const fs::path& dir) {
    return dir / "identity.key";
}

fs::path contentFile(const fs::path& dir) {
    return dir / "content.key";
}

Result<void> makeKeyDirectory(const fs::path& dir) {
    std::error_code error;
    fs::create_directories(dir, error);
    if (!error) fs::permissions(dir, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
    return {};
}

/// What follows the files.
struct GatewayKeys::Live {
    fs::path dir;
    mutable std::mutex mutex;
    std::string stamp, complained;
    SealingRing ring;
    std::map<std::string, std::shared_ptr<const crypto::OpeningKey>, std::less<>> known;  // only grows
    std::shared_ptr<const Statement> told;  // null after a change, until somebody asks

    Result<void> read() {
        const auto seen = stampOf(dir);  // before reading: a change in between is then read again
        auto loaded = SealingRing::load(dir);
        if (!loaded) return tl::unexpected(loaded.error());
        ring = std::move(*loaded);
        stamp = seen;
        told = nullptr;
        for (const auto& entry : ring.entries)
            if (entry.key) known.try_emplace(entry.id, entry.key);
        return {};
    }

    bool changed() const { return stampOf(dir) != stamp; }

    /// Files that cannot be read while serving leave us with what we have; said once.
    bool follow() {
        if (!changed()) return false;
        const auto seen = stampOf(dir);
        const auto done = read();
        if (!done && seen != complained) base::log::problem("keys.not_read", done.error());
        complained = done ? "" : seen;
        return done.has_value();
    }
};

GatewayKeys::GatewayKeys(crypto::SigningKey identity, crypto::SigningKey content, fs::path dir)
    : identity_(std::move(identity)), content_(std::move(content)), live_(std::make_unique<Live>()) {
    live_->dir = std::move(dir);
}
GatewayKeys::GatewayKeys(GatewayKeys&&) noexcept = default;
GatewayKeys::~GatewayKeys() = default;

Result<GatewayKeys> GatewayKeys::with(Result<crypto::SigningKey> identity, Result<crypto::SigningKey> content,
                                      const fs::path& dir, WallTime now) {
    if (!identity) return tl::unexpected(identity.error());
    if (!content) return tl::unexpected(content.error());
    GatewayKeys keys(std::move(*identity), std::move(*content), dir);
    if (auto read = keys.live_->read(); !read) return tl::unexpected(read.error());
    if (auto cared = keys.care(now); !cared) return tl::unexpected(cared.error());
    if (const auto lost = keys.health(now).lost; lost > 0)
        base::log::warning("keys.sealing_key_lost", {{"count", lost}});
    return keys;
}

Result<GatewayKeys> GatewayKeys::openOrCreate(const fs::path& dir, WallTime now) {
    if (auto made = makeKeyDirectory(dir); !made) return tl::unexpected(made.error());
    auto identity = loadOrGenerate(identityFile(dir));
    auto content = identity ? loadOrGenerate(contentFile(dir)) : tl::unexpected(identity.error());
    return with(std::move(identity), std::move(content), dir, now);
}

Result<GatewayKeys> GatewayKeys::open(const fs::path& dir, WallTime now) {
    return with(loadOurs(identityFile(dir)), loadOurs(contentFile(dir)), dir, now);
}

Result<crypto::SigningKey> GatewayKeys::loadIdentity(const fs::path& dir) {
    return crypto::SigningKey::load(identityFile(dir));
}

const crypto::OpeningKey* GatewayKeys::opening(std::string_view sealingKeyId) const {
    const std::lock_guard lock(live_->mutex);
    auto found = live_->known.find(sealingKeyId);
    if (found == live_->known.end() && live_->follow()) found = live_->known.find(sealingKeyId);
    return found == live_->known.end() ? nullptr : found->second.get();
}

std::size_t GatewayKeys::openings() const {
    const std::lock_guard lock(live_->mutex);
    live_->follow();
    return live_->known.size();
}

std::vector<wire::SealingKeyInfo> GatewayKeys::sealingKeys(WallTime now) const {
    const std::lock_guard lock(live_->mutex);
    std::vector<wire::SealingKeyInfo> list;
    for (const auto& id : live_->ring.listable(now)) {
        const auto* entry = live_->ring.find(id);
        list.push_back({entry->key->sealingKey().text(), base::toRfc3339(entry->notBefore),
                        base::toRfc3339(entry->notAfter)});
    }
    return list;
}

std::shared_ptr<const GatewayKeys::Statement> GatewayKeys::statement() const {
    const std::lock_guard lock(live_->mutex);
    live_->follow();
    if (!live_->told) live_->told = told(live_->ring, identity_);
    return live_->told;
}

Result<bool> renew(SealingRing& ring, const fs::path& dir, WallTime now) {
    const auto end = ring.lastEnd(now);
    const bool due = !end || *end - now < GatewayKeys::kRenewBefore;
    if (due) {
        // A kiosk's clock may be a little behind ours when it first seals. Where no key is left there is
        // nothing to wait for.
        const bool canWait = ring.newestInForce(now) && *end - now > GatewayKeys::kRenewedWaits;
        const auto from = canWait ? now + GatewayKeys::kRenewedWaits : now - std::chrono::hours(24);
        const auto added = ring.add(dir, from, now + GatewayKeys::kSealingValidity);
        if (!added) return tl::unexpected(added.error());
        base::log::info("keys.sealing_key_made");
    }
    return ring.issue(now) || due;
}

Result<void> GatewayKeys::care(WallTime now) {
    const std::lock_guard lock(live_->mutex);
    const auto held = KeyLock::take(live_->dir);
    if (!held) return tl::unexpected(held.error());
    if (live_->changed())
        if (auto read = live_->read(); !read) return read;
    const auto changed = renew(live_->ring, live_->dir, now);
    if (!changed) return tl::unexpected(changed.error());
    if (*changed) {
        if (auto saved = live_->ring.save(live_->dir); !saved) return saved;
        if (auto read = live_->read(); !read) return read;
    }
    return {};
}

GatewayKeys::Health GatewayKeys::health(WallTime now) const {
    const std::lock_guard lock(live_->mutex);
    live_->follow();
    const auto end = live_->ring.lastEnd(now);
    const auto left = end ? std::chrono::floor<std::chrono::days>(*end - now).count() : 0;
    return {left, live_->ring.unescrowed(), live_->ring.lost()};
}

}  // namespace tram::gateway
