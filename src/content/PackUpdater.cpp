#include "content/PackUpdater.h"

#include <algorithm>

#include "base/Disk.h"
#include "content/PartFile.h"
#include "crypto/FileHash.h"
#include "pack/PackFile.h"

namespace tram::content {

using base::fail;
using base::ProblemKind;
using base::Result;
using trust::Manifest;
using trust::Trust;

namespace {

/// A chain longer than that goes on at the next turn.
constexpr int kRootsAtOnce = 64;

Result<void> requireOpens(const PackStore& store, const Manifest& manifest) {
    for (const auto& pack : manifest.packs) {
        const auto opened = pack::PackFile::open(store.fileOf(pack));
        if (!opened) return tl::unexpected(opened.error());
        if (opened->about().name != pack.name)
            return fail(ProblemKind::Malformed, {{"detail", "name"}, {"expected", pack.name}});
    }
    return {};
}

bool isOfTheLine(const base::Problem& problem) {
    return problem.kind == ProblemKind::Timeout || problem.kind == ProblemKind::NoNetwork ||
           problem.fact("detail") == "broken_off";
}

}  // namespace

PackUpdater::PackUpdater(PackStore store, link::GatewayClient& gateway, const base::Clock& clock,
                         Options options)
    : store_(std::move(store)),
      line_(gateway),
      clock_(clock),
      options_(options),
      piece_(options.largestPiece) {}

Result<bool> PackUpdater::update() {
    auto trust = followRoots();
    if (!trust) return tl::unexpected(trust.error());
    dropDamaged(*trust);
    const auto content = line_.manifest(isWhole(*trust) ? etag_ : "");
    if (!content) return tl::unexpected(content.error());
    return *content ? take(*trust, **content) : false;
}

Result<Trust> PackUpdater::pinned() {
    auto trust = store_.trust();
    if (trust) return trust;
    const auto root = line_.pinnedRoot();
    if (!root) return tl::unexpected(root.error());
    if (auto kept = store_.pin(*root); !kept) return tl::unexpected(kept.error());
    return store_.trust();
}

/// TUF 1.0 §5.3: one by one, until there is no next. Each is kept before the next is asked for.
Result<Trust> PackUpdater::followRoots() {
    auto trust = pinned();
    for (int taken = 0; trust && taken < kRootsAtOnce; ++taken) {
        const auto next = line_.root(trust->root().version + 1);
        if (!next && next.error().kind == ProblemKind::NotFound) break;
        if (!next) return tl::unexpected(next.error());
        if (auto kept = trust->takeRoot(*next); !kept) return tl::unexpected(kept.error());
        trust = store_.trust();  // a manifest of keys that are no more is forgotten with them
    }
    return trust;
}

/// Once for each agent: what a disk has spoilt comes anew.
void PackUpdater::dropDamaged(const Trust& trust) {
    if (looked_ || !trust.content()) return;
    looked_ = true;
    for (const auto& pack : trust.content()->packs) {
        const auto hash = crypto::sha256OfFile(store_.fileOf(pack));
        if (hash && *hash != pack.sha256) base::disk().unlink(store_.fileOf(pack));
    }
}

bool PackUpdater::isWhole(const Trust& trust) const {
    return trust.content() &&
           std::ranges::all_of(trust.content()->packs, [&](const auto& pack) { return store_.has(pack); });
}

Result<bool> PackUpdater::take(Trust& trust, const link::GatewayClient::Content& content) {
    const auto manifest = trust.judgeContent(content.bytes, clock_.wall());
    if (!manifest) return tl::unexpected(manifest.error());
    store_.tidy(*manifest);  // parts of what was never finished; room for what comes
    if (auto there = fetchAll(*manifest); !there) return tl::unexpected(there.error());
    if (auto opens = requireOpens(store_, *manifest); !opens) return tl::unexpected(opens.error());
    auto swapped = store_.put(trust, content.bytes, clock_.wall());
    if (!swapped) return swapped;
    etag_ = content.etag;
    store_.tidy(*manifest);
    return swapped;
}

Result<void> PackUpdater::fetchAll(const Manifest& manifest) {
    if (auto room = requireRoom(manifest); !room) return room;
    for (const auto& pack : manifest.packs)
        if (!store_.has(pack))
            if (auto fetched = fetch(pack); !fetched) return fetched;
    return {};
}

Result<void> PackUpdater::requireRoom(const Manifest& manifest) const {
    std::uint64_t missing = 0;
    for (const auto& pack : manifest.packs)
        if (!store_.has(pack)) missing += static_cast<std::uint64_t>(pack.bytes);
    if (missing == 0) return {};
    const auto directory = store_.fileOf(manifest.packs.front()).parent_path();
    std::error_code unknown;
    const auto space = std::filesystem::space(directory, unknown);
    if (unknown || space.available >= missing + options_.spare) return {};
    return fail(ProblemKind::DiskFull, {{"path", directory.string()}, {"detail", "spare"}});
}

Result<void> PackUpdater::fetch(const Manifest::Pack& pack) {
    const PartFile part(store_.partOf(pack));
    const auto total = static_cast<std::uint64_t>(pack.bytes);
    if (part.size() > total) part.drop();
    for (auto have = part.size(); have < total; have = part.size()) {
        const auto bytes = piece(pack, have);
        if (!bytes) return tl::unexpected(bytes.error());
        if (auto kept = part.append(*bytes); !kept) return kept;
    }
    return part.become(store_.fileOf(pack), pack.sha256);
}

/// A broken line loses no more than a piece, and a poor one gets smaller ones.
Result<std::string> PackUpdater::piece(const Manifest::Pack& pack, std::uint64_t offset) {
    auto bytes = line_.piece(pack.sha256, static_cast<std::size_t>(pack.bytes), offset, piece_);
    if (bytes) piece_ = std::min(piece_ * 2, options_.largestPiece);
    if (!bytes && bytes.error().kind == ProblemKind::NotFound)  // of what the manifest promised
        return fail(ProblemKind::BadResponse, {{"detail", "no_pack"}});
    if (!bytes && isOfTheLine(bytes.error())) piece_ = std::max(piece_ / 2, options_.smallestPiece);
    return bytes;
}

}  // namespace tram::content
