// How SyncLoop follows the gateway's backups: what is safe there may go here, what was lost there goes again.
#include <charconv>

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
constexpr const char* kTaken = "taken";

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
    if (!known->empty())
        if (auto over = startOver(); !over) return over;
    if (auto counted = store_->setNote(kTaken, ""); !counted) return counted;
    return store_->setNote("epoch", epoch);
}

Result<void> SyncLoop::startOver() {
    if (auto offered = store_->offerAgain(); !offered) return tl::unexpected(offered.error());
    uploaded_.clear();
    return store_->setNote(kMarks, "");
}

/// What a gateway has taken only grows: whose number falls has lost something without a word, as a machine
/// does that was put back to an older image. An answer that came late costs an offer more, which is a replay.
Result<void> SyncLoop::noticeTaken(std::int64_t taken) {
    const auto noted = store_->note(kTaken);
    if (!noted) return tl::unexpected(noted.error());
    std::int64_t known = 0;
    std::from_chars(noted->data(), noted->data() + noted->size(), known);
    if (taken == known) return {};
    if (taken < known)
        if (auto over = startOver(); !over) return over;
    return store_->setNote(kTaken, std::to_string(taken));
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
