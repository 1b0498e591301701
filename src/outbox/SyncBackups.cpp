// How SyncLoop follows the gateway's backups: what is safe there may go here, what was lost there goes again.
#include "outbox/SyncLoop.h"

namespace tram::outbox {

using base::Result;

namespace {

constexpr std::chrono::hours kTidyEvery{1};
/// The gateway's commit, its backup's time and our reading of its Date lie up to minutes apart; offering too
/// much again costs nothing (replayed), keeping a little longer neither.
constexpr std::chrono::minutes kBackupMargin{10};

}  // namespace

void SyncLoop::sawEpoch(const std::string& epoch) {
    (void)noticeEpoch(epoch, "");
}

/// The note changes last: a crash in between offers once more, never once less.
Result<void> SyncLoop::noticeEpoch(const std::string& epoch, const std::string& backedUpThrough) {
    const auto known = store_->note("epoch");
    if (!known) return tl::unexpected(known.error());
    if (epoch.empty() || (*known == epoch && backedUpThrough.empty())) return {};
    if (*known != epoch && !known->empty()) {
        base::WallTime safe{};
        if (base::fromRfc3339(backedUpThrough, safe)) safe -= kBackupMargin;
        if (auto offered = store_->offerAgain(safe); !offered) return tl::unexpected(offered.error());
        if (auto forgot = store_->setNote("backed_up_through", backedUpThrough); !forgot) return forgot;
        uploaded_.clear();
    }
    if (*known != epoch) return store_->setNote("epoch", epoch);
    const auto noted = store_->note("backed_up_through");
    if (!noted) return tl::unexpected(noted.error());
    if (*noted == backedUpThrough) return {};
    return store_->setNote("backed_up_through", backedUpThrough);
}

void SyncLoop::tidy() {
    const auto now = clock_.boot();
    if (tidied_ && now.sinceBoot - tidied_->sinceBoot < kTidyEvery) return;
    tidied_ = now;
    const auto noted = store_->note("backed_up_through");
    base::WallTime backedUp{};
    // The gateway's word and nobody's clock, which may have jumped: what goes is older by the retention than
    // its newest backup.
    if (noted) base::fromRfc3339(*noted, backedUp);
    (void)store_->prune(backedUp - std::max<base::Millis>(kBackupMargin, options_.keepAccepted));
}

}  // namespace tram::outbox
