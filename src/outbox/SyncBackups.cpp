// How SyncLoop follows the gateway's backups: what is safe there may go here, what was lost there goes again.
#include "outbox/BackupMarks.h"
#include "outbox/SyncLoop.h"

namespace tram::outbox {

using base::Result;

namespace {

constexpr std::chrono::hours kTidyEvery{1};
/// A backup is daily; with a long retention thirty notes tell it apart well enough.
constexpr std::chrono::hours kMarksApart{20};
constexpr int kMostMarks = 30;
constexpr const char* kMarks = "backups";

}  // namespace

void SyncLoop::sawEpoch(const std::string& epoch) {
    (void)noticeEpoch(epoch);
}

/// Everything, whatever that gateway's backup holds: it may have been restored more than once since we last
/// heard of it, and then its numbers are not those we were told. The note changes last: a crash in between
/// offers once more, never once less.
Result<void> SyncLoop::noticeEpoch(const std::string& epoch) {
    const auto known = store_->note("epoch");
    if (!known) return tl::unexpected(known.error());
    if (epoch.empty() || *known == epoch) return {};
    if (!known->empty()) {
        if (auto offered = store_->offerAgain(); !offered) return tl::unexpected(offered.error());
        if (auto forgot = store_->setNote(kMarks, ""); !forgot) return forgot;
        uploaded_.clear();
    }
    return store_->setNote("epoch", epoch);
}

/// No backup holds more than was ever taken, whatever is said of it.
Result<void> SyncLoop::noticeBackup(const wire::BatchAnswer& answer) {
    const auto noted = store_->note(kMarks);
    if (!noted) return tl::unexpected(noted.error());
    auto marks = BackupMarks::parse(*noted);
    marks.pass(clock_.boot());
    if (!marks.heard(std::min(answer.backedUp, answer.taken), marksApart())) return {};
    return store_->setNote(kMarks, marks.text());
}

base::Millis SyncLoop::marksApart() const {
    return std::max<base::Millis>(kMarksApart, options_.keepAccepted / kMostMarks);
}

/// What goes has been in a backup for the retention: by the gateway's numbers and our own days, and nobody's
/// clock.
void SyncLoop::tidy() {
    const auto now = clock_.boot();
    if (tidied_ && now.sinceBoot - tidied_->sinceBoot < kTidyEvery) return;
    tidied_ = now;
    const auto noted = store_->note(kMarks);
    if (!noted) return;
    auto marks = BackupMarks::parse(*noted);
    marks.pass(now);
    const auto safe = marks.heldFor(options_.keepAccepted);
    if (store_->setNote(kMarks, marks.text())) (void)store_->prune(safe);
}

}  // namespace tram::outbox
