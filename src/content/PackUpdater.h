#pragma once
#include "content/PackStore.h"
#include "link/PackLine.h"

namespace tram::content {

/// Brings a PackStore up to what the gateway publishes: pin → chain of roots → manifest → the packs that are
/// missing → swap. Whatever is refused or broken off leaves the old content as it was, and what has come of a
/// pack is not asked for again. One thread.
///
/// Gateway and line are believed nothing: the manifest is judged by trust::Trust, a pack's size stands in it
/// before the first byte comes, its hash is looked at before anything opens it, and it must open, under the
/// name that it has in the manifest, before anything is swapped.
class PackUpdater {
  public:
    struct Options {
        std::size_t largestPiece = link::PackLine::kMostPiece, smallestPiece = 64u << 10;
        /// So much of the disk is not for packs: reports go before.
        std::uint64_t spare = 256u << 20;
    };
    PackUpdater(PackStore store, link::GatewayClient& gateway, const base::Clock& clock, Options options);
    PackUpdater(PackStore store, link::GatewayClient& gateway, const base::Clock& clock)
        : PackUpdater(std::move(store), gateway, clock, Options()) {}

    /// True when something new is in force. NotFound: the city has no root, or no manifest, yet. Refusals as
    /// trust::Trust's; DiskFull; BadResponse (detail "hash"); Malformed, StoreTooNew: what the city signed
    /// cannot be opened here.
    base::Result<bool> update();
    const PackStore& store() const { return store_; }

  private:
    base::Result<trust::Trust> pinned();
    base::Result<trust::Trust> followRoots();
    void dropDamaged(const trust::Trust& trust);
    bool isWhole(const trust::Trust& trust) const;
    base::Result<bool> take(trust::Trust& trust, const link::GatewayClient::Content& content);
    base::Result<void> fetchAll(const trust::Manifest& manifest);
    base::Result<void> fetch(const trust::Manifest::Pack& pack);
    base::Result<void> requireRoom(const trust::Manifest& manifest) const;
    base::Result<std::string> piece(const trust::Manifest::Pack& pack, std::uint64_t offset);

    PackStore store_;
    link::PackLine line_;
    const base::Clock& clock_;
    Options options_;
    std::size_t piece_;
    std::string etag_;  ///< of the manifest in force
    bool looked_ = false;
};

}  // namespace tram::content
